<#
.SYNOPSIS
Looks the indicators of docs/examples/iocs.txt up in an emulator of VirusTotal on this machine: no key is needed, and nothing leaves it.

.EXAMPLE
dotnet run --project tools/QuickStart
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$repository = Split-Path (Split-Path $PSScriptRoot)
Import-Module "$repository/artifacts/IocEnrich/IocEnrich.psd1", "$repository/tools/Emulator.psm1"

# What an emulator says is not for the user's store.
$store = [System.IO.Directory]::CreateTempSubdirectory('iocenrich-quickstart-')
$env:IOCENRICH_CACHE = Join-Path $store.FullName 'cache.db'

# As long as a lookup takes on the real service, so that the progress can be seen.
$emulator = Start-Emulator -ArgumentList '--latency', '150'
try {
    & "$repository/docs/examples/quickstart.ps1" -Endpoint $emulator.Endpoint -Path "$repository/docs/examples/iocs.txt"
}
finally {
    Stop-Emulator $emulator

    # Windows keeps the file open for as long as this process lasts.
    Remove-Item -LiteralPath $store.FullName -Recurse -Force -ErrorAction Ignore
}
