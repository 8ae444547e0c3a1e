# The packaged module as pwsh finds, imports and removes it.

BeforeAll {
    Import-Module $PSScriptRoot/Support.psm1
    $emulator = Start-TestEmulator
    $key = @{ VT_API_KEY = 'a-key-for-the-tests' }
}

AfterAll { Stop-Emulator $emulator }

Describe 'The package' {
    It 'has a manifest without a fault, and exports what it says' {
        $file = (Get-Module IocEnrich -ListAvailable | Select-Object -First 1).Path
        $manifest = Test-ModuleManifest -Path $file -WarningVariable warnings

        $warnings | Should -BeNullOrEmpty
        $commands = (Invoke-OtherPwsh 'Import-Module IocEnrich; (Get-Command -Module IocEnrich).Name').Output -split '\r?\n'
        $commands | Sort-Object | Should -Be ($manifest.ExportedCommands.Keys | Sort-Object)
    }

    It 'holds no symbols, no reference assemblies and nothing of PowerShell itself' {
        $folder = (Get-Module IocEnrich -ListAvailable | Select-Object -First 1).ModuleBase

        Get-ChildItem $folder -Recurse -File | Where-Object Name -Match '\.pdb$|^System\.Management\.Automation|^PowerShellStandard' | Should -BeNullOrEmpty
    }

    It 'is imported by itself when one of its commands is typed' {
        (Invoke-OtherPwsh '"8[.]8[.]8[.]8" | Find-Ioc | ForEach-Object Value; (Get-Module IocEnrich).Name').Output | Should -Match '^8\.8\.8\.8\s+IocEnrich$'
    }

    It 'prints nothing when it is imported' {
        $other = Invoke-OtherPwsh 'Import-Module IocEnrich -Verbose:$false *>&1'

        $other.ExitCode, $other.Output, $other.Error | Should -Be 0, '', ''
    }
}

Describe 'Imported again, and removed' {
    It 'keeps its jobs when it is imported twice, and with -Force' {
        $other = Invoke-OtherPwsh @"
            Import-Module IocEnrich
            `$job = 'twice.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' -Name twice
            Import-Module IocEnrich
            Import-Module IocEnrich -Force
            (Get-IocEnrichmentJob -Name twice | Receive-IocEnrichmentResult -Wait).Indicator
            ('after.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' | Receive-IocEnrichmentResult -Wait).Indicator
"@ $key

        $other.Error | Should -BeNullOrEmpty
        $other.Output -split '\r?\n' | Should -Be 'twice.example.com', 'after.example.com'
    }

    It 'takes its commands with it when it is removed, leaves the jobs to the job cmdlets, and works when it comes back' {
        $other = Invoke-OtherPwsh @"
            `$PSModuleAutoLoadingPreference = 'None'
            Import-Module Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management, IocEnrich
            `$job = 'removed.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)'
            Remove-Module IocEnrich
            [bool] (Get-Command Start-IocEnrichment -ErrorAction Ignore)
            (`$job | Wait-Job | Receive-Job).Indicator
            Import-Module IocEnrich
            ('back.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' | Receive-IocEnrichmentResult -Wait).Indicator
"@ $key

        $other.Error | Should -BeNullOrEmpty
        $other.Output -split '\r?\n' | Should -Be 'False', 'removed.example.com', 'back.example.com'
    }

    It 'lets pwsh end while a job still runs' {
        Set-EmulatorFault $emulator 'stall'
        $other = Invoke-OtherPwsh "'stalled.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' | ForEach-Object State" $key
        Set-EmulatorFault $emulator

        $other.ExitCode, $other.Output, $other.Error | Should -Be 0, 'Running', ''
    }
}
