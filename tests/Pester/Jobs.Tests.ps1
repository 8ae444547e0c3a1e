# PowerShell's own job cmdlets on our jobs.

BeforeAll {
    Import-Module $PSScriptRoot/Support.psm1
    Import-Module IocEnrich
    $emulator = Start-TestEmulator
    $to = $emulator.To
}

AfterAll { Stop-Emulator $emulator }

Describe 'A job' {
    AfterEach {
        Get-IocEnrichmentJob | Remove-Job -Force
        Set-EmulatorFault $emulator
    }

    It 'is found by Get-Job, by its name and its id' {
        $job = 'get.example.com' | Start-IocEnrichment @to -Name 'the list'

        Get-Job -Name 'the list' | Should -Be $job
        Get-Job -Id $job.Id | Should -Be $job
        (Get-Job).PSJobTypeName | Should -Contain 'IocEnrichmentJob'
    }

    It 'is waited for by Wait-Job, and received by Receive-Job' {
        $job = 'wait.example.com', 'CVE-2021-44228' | Start-IocEnrichment @to

        ($job | Wait-Job).State | Should -Be 'Completed'
        ($job | Receive-Job -Keep | Sort-Object Indicator).Indicator | Should -Be 'CVE-2021-44228', 'wait.example.com'
        ($job | Receive-Job | Sort-Object Indicator).Indicator | Should -Be 'CVE-2021-44228', 'wait.example.com'
        $job.HasMoreData | Should -BeFalse
    }

    It 'leaves the list after Receive-Job -Wait -AutoRemoveJob' {
        $job = 'auto.example.com' | Start-IocEnrichment @to

        ($job | Receive-Job -Wait -AutoRemoveJob).Indicator | Should -Be 'auto.example.com'
        Get-Job -Id $job.Id -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-IocEnrichmentJob | Should -Not -Contain $job
    }

    It 'leaves the list after Receive-Job -Wait -AutoRemoveJob, without an error, whenever it ends meanwhile' {
        # They end while Receive-Job is just beginning to listen.
        $received = 1..60 | ForEach-Object { 'CVE-2021-44228' | Start-IocEnrichment @to | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop }

        $received | Should -HaveCount 60
        Get-Job | Should -BeNullOrEmpty
    }

    It 'is given up waiting for by Wait-Job -Timeout, and goes on' {
        Set-EmulatorFault $emulator 'stall'
        $job = 'slow.example.com' | Start-IocEnrichment @to

        $job | Wait-Job -Timeout 1 | Should -BeNullOrEmpty
        $job.State | Should -Be 'Running'
    }

    It 'ends with Stop-Job while requests are in flight, with a result for every indicator' {
        Set-EmulatorFault $emulator 'stall'
        $job = 1..20 | ForEach-Object { "stop-$_.example.com" } | Start-IocEnrichment @to

        $job | Stop-Job
        ($job | Wait-Job -Timeout 60).State | Should -Be 'Stopped'
        $results = $job | Receive-IocEnrichmentResult -ErrorAction SilentlyContinue

        $results | Should -HaveCount 20
        $results.Error.Kind | Select-Object -Unique | Should -Be 'Stopped'
    }

    It 'is not removed by Remove-Job while it runs, except with -Force' {
        Set-EmulatorFault $emulator 'stall'
        $job = 'remove.example.com' | Start-IocEnrichment @to

        { $job | Remove-Job -ErrorAction Stop } | Should -Throw
        $job | Remove-Job -Force

        Get-Job -Id $job.Id -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-IocEnrichmentJob | Should -Not -Contain $job
    }

    It 'is Failed where it ended early, and says why' {
        Set-EmulatorFault $emulator '401'
        $job = 'refused.example.com' | Start-IocEnrichment @to

        ($job | Wait-Job).State | Should -Be 'Failed'
        $null = $job | Receive-Job -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -Match 'key'
    }

    It 'is a table line and a list without an error' {
        $job = 'show.example.com' | Start-IocEnrichment @to -Name 'shown'
        $null = $job | Wait-Job

        Get-IocEnrichmentJob | Format-Table | Out-String | Should -Match 'shown'
        Get-Job | Format-Table | Out-String | Should -Match 'shown'
        $job | Format-List | Out-String | Should -Match 'shown'
        $job | Format-List -Property * | Out-String | Should -Not -Match 'a-key-for-the-tests'
    }

    It 'goes through Where-Object, Sort-Object and Select-Object like any other' {
        1..3 | ForEach-Object { "job-$_.example.com" | Start-IocEnrichment @to -Name "job $_" } | Wait-Job | Should -HaveCount 3

        (Get-Job | Where-Object State -EQ 'Completed' | Sort-Object Id -Descending | Select-Object -First 1).Name | Should -Be 'job 3'
        (Get-Job -State Completed).Count | Should -Be 3
    }
}
