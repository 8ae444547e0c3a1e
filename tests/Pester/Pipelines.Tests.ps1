# The pipelines that people type: in from what pwsh reads, out to what pwsh writes.

BeforeAll {
    Import-Module $PSScriptRoot/Support.psm1
    Import-Module IocEnrich
    $emulator = Start-TestEmulator '--known', 'bad.example.com=malicious:40', '--known', 'odd.example.com=suspicious:1', '--known', 'good.example.com=harmless', '--known', 'new.example.com=not-found'
    $to = $emulator.To
    $four = 'bad.example.com', 'odd.example.com', 'good.example.com', 'new.example.com'
}

AfterAll { Stop-Emulator $emulator }

Describe 'What goes in' {
    It 'takes the lines of Get-Content' {
        '# a comment', '', 'bad[.]example[.]com   # seen today', 'hxxps://good.example[.]com/a' | Set-Content $TestDrive/list.txt

        $results = Get-Content $TestDrive/list.txt | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait

        $results.Indicator | Sort-Object | Should -Be 'bad.example.com', 'https://good.example.com/a'
    }

    It 'takes the rows of Import-Csv by their column <Column>' -ForEach @(
        @{ Column = 'Indicator' }, @{ Column = 'ioc' }, @{ Column = 'DOMAIN' }, @{ Column = 'Hostname' }, @{ Column = 'Url' }
    ) {
        "Id,$Column,Note", '1,bad.example.com,x', '2,good.example.com,y' | Set-Content $TestDrive/rows.csv

        $results = Import-Csv $TestDrive/rows.csv | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait

        $results.Indicator | Sort-Object | Should -Be 'bad.example.com', 'good.example.com'
    }

    It 'says which rows it does not understand, and goes on' {
        'Id,What is it', '1,bad.example.com' | Set-Content $TestDrive/odd.csv

        $job = Import-Csv $TestDrive/odd.csv | Start-IocEnrichment @to -ErrorVariable problems -ErrorAction SilentlyContinue

        $problems | Should -HaveCount 1
        @($job | Receive-IocEnrichmentResult -Wait) | Should -HaveCount 0
    }

    It 'takes the rows of Import-Csv by Find-Ioc whatever the column is called' {
        'Id,What is it', '1,bad.example.com', '2,see good[.]example[.]com' | Set-Content $TestDrive/odd.csv

        $results = (Import-Csv $TestDrive/odd.csv).'What is it' | Find-Ioc | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait

        $results.Indicator | Sort-Object | Should -Be 'bad.example.com', 'good.example.com'
    }

    It 'takes the hashes of Get-FileHash, with the algorithm <_>' -ForEach 'SHA256', 'SHA1', 'MD5' {
        Set-Content $TestDrive/eicar.com 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*' -NoNewline

        $result = Get-FileHash $TestDrive/eicar.com -Algorithm $_ | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait

        $result.Verdict | Should -Be 'Malicious'
    }

    It 'takes the lines that Select-String has found, and knows where they stand' {
        'first', 'from bad[.]example[.]com', 'last' | Set-Content $TestDrive/mail.txt

        $result = Select-String -Path $TestDrive/mail.txt -Pattern 'from' | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait

        $result.Indicator, $result.InputLine, (Split-Path $result.InputPath -Leaf) | Should -Be 'bad.example.com', 2, 'mail.txt'
    }

    It 'takes what Find-Ioc finds in the files of Get-ChildItem' {
        $null = New-Item $TestDrive/reports/below -ItemType Directory
        'see bad[.]example[.]com' | Set-Content $TestDrive/reports/a.txt
        'nothing', 'and good[.]example[.]com, bad[.]example[.]com' | Set-Content $TestDrive/reports/below/b.txt

        $results = Get-ChildItem $TestDrive/reports -Recurse | Find-Ioc | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait

        $results | Sort-Object Indicator | ForEach-Object { "$($_.Indicator) $($_.Occurrences)" } | Should -Be 'bad.example.com 2', 'good.example.com 1'
    }

    It 'takes the members of what ConvertFrom-Json reads' {
        $json = '{ "Event": { "Attribute": [ { "type": "domain", "value": "bad.example.com" }, { "type": "domain|ip", "value": "good.example.com|8.8.8.8" } ] } }'

        $results = ($json | ConvertFrom-Json).Event.Attribute | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait

        $results.Indicator | Sort-Object | Should -Be '8.8.8.8', 'bad.example.com', 'good.example.com'
    }
}

Describe 'What comes out' {
    BeforeAll { $results = $four | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait }

    It 'goes through Export-Csv and back with every row and every column' {
        $results | Export-Csv $TestDrive/results.csv
        $rows = Import-Csv $TestDrive/results.csv

        $rows | Sort-Object Indicator | ForEach-Object { "$($_.Indicator) $($_.Status) $($_.Verdict)" } |
            Should -Be 'bad.example.com Found Malicious', 'good.example.com Found Harmless', 'new.example.com NotFound Unknown', 'odd.example.com Found Suspicious'
        $rows[0].PSObject.Properties.Name | Should -Be $results[0].PSObject.Properties.Name
        Get-Content $TestDrive/results.csv -Raw | Should -Not -Match 'System\.|IocEnrich\.'
    }

    It 'can be looked up again from the CSV file' {
        $results | Export-Csv $TestDrive/results.csv

        $again = Import-Csv $TestDrive/results.csv | Where-Object Verdict -EQ 'Malicious' | Start-IocEnrichment @to | Receive-IocEnrichmentResult -Wait

        $again.Indicator | Should -Be 'bad.example.com'
    }

    It 'goes through ConvertTo-Json and back' {
        $back = $results | ConvertTo-Json -Depth 4 -EnumsAsStrings -WarningVariable cut | ConvertFrom-Json

        $cut | Should -BeNullOrEmpty
        $back | Sort-Object Indicator | ForEach-Object { "$($_.Indicator) $($_.Status) $($_.Verdict)" } | Select-Object -First 1 |
            Should -Be 'bad.example.com Found Malicious'
        $back[0].RetrievedAt | Should -BeOfType [datetime]
    }

    It 'is grouped by verdict' {
        $results | Group-Object Verdict -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" } |
            Should -Be 'Harmless 1', 'Malicious 1', 'Suspicious 1', 'Unknown 1'
    }

    It 'is sorted with the worst at one end' {
        ($results | Sort-Object Verdict -Descending).Indicator | Should -Be 'bad.example.com', 'odd.example.com', 'good.example.com', 'new.example.com'
    }

    It 'is filtered by Where-Object' {
        ($results | Where-Object Verdict -GE Suspicious | Sort-Object Indicator).Indicator | Should -Be 'bad.example.com', 'odd.example.com'
    }

    It 'is a table of <Width> characters without escape sequences where it is no terminal' -ForEach @{ Width = 80 }, @{ Width = 120 } {
        $text = $results | Format-Table | Out-String -Width $Width

        $lines = $text -split '\r?\n' | Where-Object { $_ }
        $lines[0] | Should -Match '^Indicator +Type +Verdict'
        $lines | Where-Object { $_ -match '^bad\[\.\]example\[\.\]com' } | Should -Match 'Malicious'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $Width
        $text | Should -Not -Match '\e'
    }

    It 'leaves the rest in the job after Select-Object -First 1' {
        $job = $four | Start-IocEnrichment @to

        $first = $job | Receive-IocEnrichmentResult -Wait | Select-Object -First 1
        $rest = @($job | Receive-IocEnrichmentResult -Wait)

        $rest | Should -HaveCount 3
        @($first) + $rest | ForEach-Object Indicator | Sort-Object | Should -Be ($four | Sort-Object)
    }
}
