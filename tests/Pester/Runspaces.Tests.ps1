# Several runspaces in one process, and several processes.

BeforeAll {
    Import-Module $PSScriptRoot/Support.psm1
    Import-Module IocEnrich
    $emulator = Start-TestEmulator
    $to = $emulator.To
}

AfterAll { Stop-Emulator $emulator }

Describe 'More than one runspace' {
    It 'works in ForEach-Object -Parallel, each with its own list of jobs' {
        $before = @(Get-IocEnrichmentJob).Count
        $results = 1..6 | ForEach-Object -ThrottleLimit 3 -Parallel {
            $to = $using:to
            $job = "parallel-$_.example.com" | Start-IocEnrichment @to
            $result = $job | Receive-IocEnrichmentResult -Wait
            [pscustomobject]@{ Indicator = $result.Indicator; Jobs = @(Get-IocEnrichmentJob | Where-Object { $_ -eq $job }).Count }
        }

        $results.Indicator | Sort-Object | Should -Be (1..6 | ForEach-Object { "parallel-$_.example.com" })
        $results.Jobs | Select-Object -Unique | Should -Be 1
        Get-IocEnrichmentJob | Should -HaveCount $before
    }

    It 'receives in a parallel runspace from a job of this one' {
        $job = 1..10 | ForEach-Object { "given-$_.example.com" } | Start-IocEnrichment @to

        $results = 1..2 | ForEach-Object -Parallel { $using:job | Receive-IocEnrichmentResult -Wait }

        # Each result goes to one of the two.
        $results | Should -HaveCount 10
        $results.Indicator | Select-Object -Unique | Should -HaveCount 10
        $job | Remove-Job
    }

    It 'works in Start-ThreadJob' {
        $threads = 1..3 | ForEach-Object {
            Start-ThreadJob -ScriptBlock {
                $to = $using:to
                "thread-$using:_.example.com" | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait
            }
        }

        ($threads | Receive-Job -Wait -AutoRemoveJob).Indicator | Sort-Object | Should -Be (1..3 | ForEach-Object { "thread-$_.example.com" })
    }

    It 'works in Start-Job, and what comes back from that process still reads well' {
        $job = Start-Job -ScriptBlock {
            $env:VT_API_KEY = 'a-key-of-its-own-for-this-process'
            'job.example.com' | Start-IocEnrichment -Endpoint ($using:emulator).Endpoint | Receive-IocEnrichmentResult -Wait
        }

        $result = $job | Receive-Job -Wait -AutoRemoveJob

        $result.Indicator, "$($result.Status)" | Should -Be 'job.example.com', 'Found'
    }
}

Describe 'The quota' {
    It 'is one for all runspaces of the process' {
        $key = [System.Net.NetworkCredential]::new('', 'a-key-of-its-own-for-the-quota').SecurePassword

        $results = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            $n = $_
            1..2 | ForEach-Object { "quota-$n-$_.example.com" } |
                Start-IocEnrichment -Endpoint ($using:emulator).Endpoint -ApiKey $using:key -RequestsPerMinute 0 -RequestsPerDay 5 |
                Receive-IocEnrichmentResult -Wait -ErrorAction SilentlyContinue
        }

        $results | Should -HaveCount 8
        @($results | Where-Object Requests -GT 0) | Should -HaveCount 5
        ($results | Where-Object Status -EQ 'Failed').Error.Kind | Select-Object -Unique | Should -Be 'QuotaExceeded'
    }
}
