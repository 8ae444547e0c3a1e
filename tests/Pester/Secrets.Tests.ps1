# The key stands in no transcript, no stream and no property, wherever it came from.

BeforeAll {
    Import-Module $PSScriptRoot/Support.psm1
    $emulator = Start-TestEmulator '--key', 'canary-0f3b7c5d9e1a2468'
    Set-EmulatorFault $emulator '503@fails.example.com'
}

AfterAll { Stop-Emulator $emulator }

Describe 'A transcript' {
    It 'shows what was looked up and never the key, which came from <From>' -ForEach @(
        @{ From = 'the environment'; Key = '' }
        @{ From = '-ApiKey'; Key = '-ApiKey ([System.Net.NetworkCredential]::new("", $env:CANARY).SecurePassword)' }
        @{ From = 'an environment that is wrong'; Key = ''; Wrong = $true }
    ) {
        $variables = @{ CANARY = 'canary-0f3b7c5d9e1a2468'; VT_API_KEY = 'canary-0f3b7c5d9e1a2468' }
        if ($Wrong) { $variables.VT_API_KEY = 'canary-that-is-not-the-right-one' }

        $other = Invoke-OtherPwsh @"
            `$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'
            `$null = Start-Transcript -LiteralPath '$TestDrive/transcript.txt'
            `$job = 'found.example.com', 'fails.example.com', 'CVE-2021-44228' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' -RequestsPerMinute 0 $Key -Verbose -Debug
            `$job | Receive-IocEnrichmentResult -Wait -Keep -Verbose -Debug | Format-List *
            `$job | Receive-Job -ErrorAction Continue
            `$job | Format-List *
            `$Error | Format-List * -Force
            Get-Error
            `$null = Stop-Transcript
"@ $variables

        $transcript = Get-Content $TestDrive/transcript.txt -Raw
        $transcript | Should -Match 'found\.example\.com'
        $transcript | Should -Match 'fails\.example\.com'
        "$transcript $($other.Output) $($other.Error)" | Should -Not -Match 'canary-'
    }
}

Describe 'Files' {
    It 'holds the key in no file that a session leaves' {
        $null = New-Item $TestDrive/home -ItemType Directory -Force
        $other = Invoke-OtherPwsh @"
            'found.example.com', 'fails.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' -RequestsPerMinute 0 -Name canary |
                Receive-IocEnrichmentResult -Wait -ErrorAction SilentlyContinue | Export-Csv '$TestDrive/home/results.csv'
"@ @{ VT_API_KEY = 'canary-0f3b7c5d9e1a2468'; IOCENRICH_CACHE = "$TestDrive/home/cache.db"; HOME = "$TestDrive/home"; XDG_CACHE_HOME = "$TestDrive/home" }

        $other.Error | Should -BeNullOrEmpty
        $files = Get-ChildItem $TestDrive/home -Recurse -File
        $files.Name | Should -Contain 'results.csv'
        foreach ($file in $files) {
            [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName)) | Should -Not -Match 'canary-' -Because $file.Name
        }
    }
}
