# The common parameters and preference variables, as PowerShell's own cmdlets take them.

BeforeAll {
    Import-Module $PSScriptRoot/Support.psm1
    Import-Module IocEnrich
    $emulator = Start-TestEmulator
    $to = $emulator.To
}

AfterAll { Stop-Emulator $emulator }

Describe '-WhatIf and -Confirm' {
    It 'asks for nothing with -WhatIf, starts no job, and needs no key' {
        $before = (Get-EmulatorRequest $emulator).total

        $job = 'whatif.example.com' | Start-IocEnrichment -Endpoint $emulator.Endpoint -WhatIf

        $job | Should -BeNullOrEmpty
        (Get-EmulatorRequest $emulator).total | Should -Be $before
    }

    It 'says with -WhatIf what would be asked' {
        $other = Invoke-OtherPwsh "'whatif.example.com', '10.0.0.5' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' -WhatIf"

        $other.Output | Should -Match '^What if: '
        $other.Error | Should -BeNullOrEmpty
    }

    It 'is an error and no hang with -Confirm where nobody can be asked' {
        $other = Invoke-OtherPwsh "'confirm.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' -Confirm" @{ VT_API_KEY = 'a-key-for-the-tests' }

        $other.ExitCode | Should -Be 1
        $other.Error | Should -Match 'NonInteractive'
        (Get-EmulatorRequest $emulator).indicators.Keys | Should -Not -Contain 'confirm.example.com'
    }
}

Describe 'Errors' {
    BeforeAll { Set-EmulatorFault $emulator '503@fails-*.example.com' }
    AfterAll { Set-EmulatorFault $emulator }

    It 'writes a failure as a result and as an error that does not end the pipeline' {
        $results = 'fails-1.example.com', 'works-1.example.com' | Start-IocEnrichment @to |
            Receive-IocEnrichmentResult -Wait -ErrorVariable problems -ErrorAction SilentlyContinue

        $results | Sort-Object Indicator | ForEach-Object { "$($_.Indicator) $($_.Status)" } | Select-Object -First 1 | Should -Be 'fails-1.example.com Failed'
        $results | Should -HaveCount 2
        $problems | Should -HaveCount 1
        $problems[0].TargetObject.Indicator | Should -Be 'fails-1.example.com'
        $problems[0].FullyQualifiedErrorId | Should -Be 'ServiceFault,IocEnrich.PowerShell.Commands.ReceiveIocEnrichmentResultCommand'
    }

    It 'ends the pipeline with -ErrorAction Stop, and all that nobody got can still be received' {
        $job = 'fails-2.example.com', 'works-2.example.com' | Start-IocEnrichment @to

        { $job | Receive-IocEnrichmentResult -Wait -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceFault,*'
        $job | Wait-Job | Should -Be $job
        @($job | Receive-IocEnrichmentResult -ErrorAction SilentlyContinue).Count | Should -Be 2
        $job.Summary.Done | Should -Be 2
    }

    It 'ends a script whose ErrorActionPreference is Stop with exit code 1' {
        $other = Invoke-OtherPwsh @"
            `$ErrorActionPreference = 'Stop'
            'fails-3.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' -RequestsPerMinute 0 | Receive-IocEnrichmentResult -Wait
            'not reached'
"@ @{ VT_API_KEY = 'a-key-for-the-tests' }

        $other.ExitCode | Should -Be 1
        $other.Output | Should -Not -Match 'not reached'
    }

    It 'can be caught by what failed' {
        $kind = try {
            $null = 'fails-4.example.com' | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait -ErrorAction Stop
        }
        catch {
            $_.TargetObject.Error.Kind
        }

        $kind | Should -Be 'ServiceFault'
    }

    It 'starts nothing without a key, and says where it looked' {
        $other = Invoke-OtherPwsh "'a.example.com' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)'" @{ HOME = "$TestDrive"; USERPROFILE = "$TestDrive" }

        $other.ExitCode | Should -Be 1
        $other.Error | Should -Match 'VT_API_KEY'
    }
}

Describe 'Progress' {
    It 'shows none with ProgressPreference SilentlyContinue, and completes what it shows' -ForEach 'SilentlyContinue', 'Continue' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
            param($To, $Preference)
            $ProgressPreference = $Preference
            Import-Module IocEnrich
            'progress.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait
        }).AddArgument($to).AddArgument($_)
        $result = $shell.Invoke()

        $result.Indicator | Should -Be 'progress.example.com'
        $records = @($shell.Streams.Progress)
        if ($_ -eq 'SilentlyContinue') { $records | Should -BeNullOrEmpty }
        if ($records) { $records[-1].RecordType | Should -Be 'Completed' }
        $shell.Dispose()
    }
}

Describe 'Streams' {
    It 'decides aloud with -Verbose and is silent without' {
        $loud = 'verbose.example.com' | Start-IocEnrichment @to -Verbose 4>&1
        $silent = 'verbose.example.com' | Start-IocEnrichment @to 4>&1

        $loud | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Should -Not -BeNullOrEmpty
        $silent | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Should -BeNullOrEmpty
        $loud, $silent | ForEach-Object { $_ } | Where-Object { $_ -is [System.Management.Automation.Job] } | Wait-Job | Remove-Job
    }

    It 'goes to a file, all streams of it, with nothing but text and nothing lost' {
        Set-EmulatorFault $emulator '400@fails-*.example.com'
        $other = Invoke-OtherPwsh @"
            'a.example.com', 'fails-5.example.com', '10.0.0.5' | Start-IocEnrichment -Endpoint '$($emulator.Endpoint)' -RequestsPerMinute 0 -RequestsPerDay 0 -Verbose 4> '$TestDrive/start.txt' |
                Receive-IocEnrichmentResult -Wait *> '$TestDrive/all.txt'
"@ @{ VT_API_KEY = 'a-key-for-the-tests' }
        Set-EmulatorFault $emulator

        $other.Output, $other.Error -join '' | Should -BeNullOrEmpty
        $all = Get-Content $TestDrive/all.txt -Raw
        $all | Should -Match '(?m)^a\[\.\]example\[\.\]com +Domain '
        $all | Should -Match '(?m)^10\[\.\]0\[\.\]0\[\.\]5 +IPv4 +Skipped '
        $all | Should -Match '(?m)^fails-5\[\.\]example\[\.\]com +Domain +Failed '
        $all | Should -Match 'rejects this indicator'
        Get-Content $TestDrive/start.txt -Raw | Should -Match '4 at once'
        $all | Should -Not -Match '\e|Looking up indicators'
    }
}
