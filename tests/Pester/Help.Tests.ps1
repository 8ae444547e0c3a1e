# The help: what Get-Help shows of the packaged module, and every example of it run with pwsh's own cmdlets.

BeforeDiscovery {
    $repository = Split-Path -Path (Split-Path -Path $PSScriptRoot)
    $pages = Get-ChildItem -Path $repository/docs/cmdlets/*.md | ForEach-Object { @{ Cmdlet = $_.BaseName; Path = $_.FullName } }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1
    Import-Module -Name IocEnrich
    $repository = Split-Path -Path (Split-Path -Path $PSScriptRoot)
    $emulator = Start-TestEmulator
}

AfterAll { Stop-Emulator $emulator }

Describe 'The help of <Cmdlet>' -ForEach $pages {
    It 'is found, and has a text for everything' {
        $help = Get-Help -Name $Cmdlet -Full

        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.description.Text | Should -Not -BeNullOrEmpty
        foreach ($name in (Get-Command -Name $Cmdlet).Parameters.Keys | Where-Object { $_ -notin [Management.Automation.Cmdlet]::CommonParameters }) {
            (Get-Help -Name $Cmdlet -Parameter $name).description.Text | Should -Not -BeNullOrEmpty -Because "-$name is a parameter"
        }
    }

    It 'shows each line of an example as one that can be copied' {
        $shown = (Get-Help -Name $Cmdlet -Examples | Out-String -Width 80) -split '\r?\n' | ForEach-Object Trim

        foreach ($line in (Get-Help -Name $Cmdlet).examples.example.code -split '\r?\n') { $shown | Should -Contain $line.Trim() }
    }

    It 'has examples that do what they say without an error' {
        $folder = (New-Item -Path $TestDrive/$Cmdlet -ItemType Directory).FullName
        $null = New-Item -Path $folder/reports, $folder/downloads, $folder/mails -ItemType Directory
        "From: bob@example.org`nSubject: invoice`nContent-Type: text/html`n`n<a href='http://evil.example.com/'>pay</a>`n" | Set-Content -Path $folder/mails/invoice.eml
        '[{"host":"ws-17","data":{"DestinationHostname":"evil.example.com"}}]' | Set-Content -Path $folder/events.json
        Copy-Item -Path $repository/docs/examples/iocs.txt -Destination $folder/iocs.txt
        Copy-Item -Path $repository/docs/examples/iocs.txt -Destination $folder/report.txt
        Copy-Item -Path $repository/docs/examples/iocs.txt -Destination $folder/reports/one.txt
        Copy-Item -Path $repository/docs/examples/iocs.txt -Destination $folder/downloads/a.bin
        'time=1 denied http://evil.example.com/a' | Set-Content -Path $folder/proxy.log
        "Id,Indicator`n1,evil.example.com`n2,8.8.8.8" | Set-Content -Path $folder/alerts.csv

        # What asks a person, and what is not on every machine, is answered here.
        $script = @"
Set-Location -LiteralPath '$folder'
`$secret = [System.Net.NetworkCredential]::new('', 'a-key-for-the-tests').SecurePassword
function Read-Host { [CmdletBinding()] param([switch] `$AsSecureString) `$secret }
function Get-Secret { `$secret }
function Get-NetTCPConnection { [CmdletBinding()] param(`$State) [pscustomobject]@{ RemoteAddress = '8.8.8.8'; State = `$State } }
`$PSDefaultParameterValues['*-IocEnrichment*:Endpoint'] = '$($emulator.Endpoint)'
`$PSDefaultParameterValues['*-IocEnrichment*:ApiKey'] = `$secret
`$PSDefaultParameterValues['Start-IocEnrichment:RequestsPerMinute'] = 0
`$PSDefaultParameterValues['Start-IocEnrichment:RequestsPerDay'] = 0
`$job = Start-IocEnrichment -Path iocs.txt -Name tonight

"@ + (((Get-Help -Name $Cmdlet).examples.example | ForEach-Object { "`$Error.Clear()`n$($_.code)`n`"Errors: `$(`$Error.Count) `$Error`"`n" }) -join '')
        $run = Invoke-OtherPwsh -Script $script -Environment @{ IOCENRICH_CACHE = "$folder/cache.db" }

        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        $ended = $run.Output -split '\r?\n' | Where-Object { $_ -like 'Errors: *' }
        $ended | Should -HaveCount @((Get-Help -Name $Cmdlet).examples.example).Count
        $ended | ForEach-Object Trim | Should -Be (@('Errors: 0') * @($ended).Count)
    }
}

Describe 'The manifest' {
    It 'is one that Test-ModuleManifest accepts' {
        $manifest = (Get-Module -Name IocEnrich).Path -replace '[^\\/]+$', 'IocEnrich.psd1'

        (Test-ModuleManifest -Path $manifest -ErrorAction Stop).Name | Should -Be 'IocEnrich'
    }
}
