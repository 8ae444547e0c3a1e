# The scripts of docs/examples with pwsh's own cmdlets. What they do is tested in IocEnrich.PowerShell.Tests as well, with stand-ins.

BeforeAll {
    Import-Module $PSScriptRoot/Support.psm1
    Import-Module IocEnrich
    $emulator = Start-TestEmulator
    $examples = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/examples'
    $PSDefaultParameterValues = @{}
    foreach ($name in $emulator.To.Keys) { $PSDefaultParameterValues["Start-IocEnrichment:$name"] = $emulator.To[$name] }

    # Every script finds these in the global scope only.
    $global:PSDefaultParameterValues = $PSDefaultParameterValues
}

AfterAll {
    $global:PSDefaultParameterValues = @{}
    Stop-Emulator $emulator
}

Describe 'scheduled.ps1' {
    BeforeAll {
        function Invoke-Scheduled([string] $List, [hashtable] $Environment) {
            # Where the API is cannot be said on the command line of the script: it asks the public one.
            Invoke-OtherPwsh -Environment $Environment -Script @"
                `$PSDefaultParameterValues = @{ 'Start-IocEnrichment:Endpoint' = '$($emulator.Endpoint)' }
                & '$examples/scheduled.ps1' -Path '$List' -CsvPath '$TestDrive/out.csv' -JsonPath '$TestDrive/out.json' -RequestsPerMinute 0 -RequestsPerDay 0
                exit `$LASTEXITCODE
"@
        }

        'iana.org', '10.0.0.5', '8[.]8[.]8[.]8' | Set-Content $TestDrive/list.txt
        $key = @{ VT_API_KEY = 'a-key-for-the-tests' }
    }

    AfterEach { Set-EmulatorFault $emulator }

    It 'ends with 0 where all was answered' {
        $run = Invoke-Scheduled $TestDrive/list.txt $key

        $run.ExitCode, $run.Error | Should -Be 0, ''
        $run.Output | Should -Match '^\S+Z exit 0, .*: 3 indicators'
        (Import-Csv $TestDrive/out.csv).Indicator | Should -Be 'iana.org', '10.0.0.5', '8.8.8.8'
        (Get-Content $TestDrive/out.json -Raw | ConvertFrom-Json).Verdict | Should -Be 'Harmless', 'Unknown', 'Harmless'
        (Get-ChildItem $TestDrive -Filter *.tmp) | Should -BeNullOrEmpty
    }

    It 'ends with 2 where some was not' {
        'scheduled.example.net', 'other.example.net' | Set-Content $TestDrive/two.txt
        Set-EmulatorFault $emulator '503@scheduled.example.net'
        $run = Invoke-Scheduled $TestDrive/two.txt $key

        $run.ExitCode, $run.Error | Should -Be 2, ''
        (Import-Csv $TestDrive/out.csv | Where-Object Status -EQ 'Failed').Indicator | Should -Be 'scheduled.example.net'
    }

    It 'ends with 1 where there is no key, and says so in one line' {
        $run = Invoke-Scheduled $TestDrive/list.txt @{ HOME = "$TestDrive"; USERPROFILE = "$TestDrive" }

        $run.ExitCode, $run.Error | Should -Be 1, ''
        $run.Output | Should -Match '^\S+Z exit 1, .*VT_API_KEY'
        @($run.Output -split '\n') | Should -HaveCount 1
    }

    It 'explains every parameter' {
        $help = Get-Help $examples/scheduled.ps1 -Full

        $own = $help.parameters.parameter | Where-Object name -NotIn ([System.Management.Automation.PSCmdlet]::CommonParameters)
        $own.name | Should -Contain 'SecretName'
        $own | Where-Object { -not $_.description } | ForEach-Object name | Should -BeNullOrEmpty
    }
}

Describe 'triage.ps1' {
    It 'gives rows with quotation marks, line breaks and odd headers back as they were, with the verdict' {
        'Alert Id,"Message (raw, ""as is"")",Src', '1,"Beacon to hxxps://www[.]iana[.]org/', '""again"", blocked",10.0.0.9', '2,nothing,' | Set-Content $TestDrive/alerts.csv

        & $examples/triage.ps1 $TestDrive/alerts.csv | Export-Csv $TestDrive/triaged.csv
        $rows = Import-Csv $TestDrive/triaged.csv

        $rows.'Alert Id' | Should -Be '1', '2'
        $rows[0].'Message (raw, "as is")' -split '\r?\n' | Should -Be 'Beacon to hxxps://www[.]iana[.]org/', '"again", blocked'
        $rows.VtVerdict | Should -Be 'Harmless', ''
    }
}

Describe 'folder.ps1' {
    It 'gives each file its row' {
        $null = New-Item $TestDrive/files/below -ItemType Directory -Force
        $eicar = 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'
        Set-Content $TestDrive/files/a.com, $TestDrive/files/below/b.com $eicar -NoNewline

        $rows = & $examples/folder.ps1 $TestDrive/files

        $rows.Verdict | Should -Be 'Malicious', 'Malicious'
        $rows.Path | Split-Path -Leaf | Sort-Object | Should -Be 'a.com', 'b.com'
    }
}

Describe 'report.ps1' {
    It 'lists what a report names, the worst first' {
        'The dropper (44D88612FEA8A8F36DE82E1278ABB02F) calls', 'hxxps://www[.]iana[.]org/ and 8[.]8[.]8[.]8; CVE-2021-44228.' | Set-Content $TestDrive/report.txt

        $rows = & $examples/report.ps1 $TestDrive/report.txt

        $rows[0].Indicator, $rows[-1].Indicator | Should -Be '44d88612fea8a8f36de82e1278abb02f', 'CVE-2021-44228'
        $rows.Count | Should -Be 4
    }
}

Describe 'connections.ps1' {
    It 'finds the connection between this process and the emulator' {
        $rows = & $examples/connections.ps1 -IncludeNonPublic -WarningAction SilentlyContinue

        # Asking is being connected.
        $rows | Where-Object RemotePort -EQ ([uri] $emulator.Endpoint).Port | Should -Not -BeNullOrEmpty
    }
}
