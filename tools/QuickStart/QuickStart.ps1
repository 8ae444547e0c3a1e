<#
.SYNOPSIS
Looks up the indicators in docs/examples/iocs.txt with an emulator of VirusTotal on this machine. Needs no key, and sends nothing outside.

.EXAMPLE
dotnet run --project tools/QuickStart
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$repository = Split-Path (Split-Path $PSScriptRoot)
Import-Module "$repository/artifacts/IocEnrich/IocEnrich.psd1", "$repository/tools/Emulator.psm1"

# Answers of an emulator do not belong in the user's cache.
$store = [System.IO.Directory]::CreateTempSubdirectory('iocenrich-quickstart-')
$env:IOCENRICH_CACHE = Join-Path $store.FullName 'cache.db'

# About the latency of the real service, so that the progress is visible.
$emulator = Start-Emulator -ArgumentList '--latency', '150'
try {
    & "$repository/docs/examples/quickstart.ps1" -Endpoint $emulator.Endpoint -Path "$repository/docs/examples/iocs.txt"
}
finally {
    Stop-Emulator $emulator

    # Windows keeps the file open until this process ends.
    Remove-Item -LiteralPath $store.FullName -Recurse -Force -ErrorAction Ignore
}
