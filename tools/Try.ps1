<#
.SYNOPSIS
Prepares this session for trying things out: imports the built module, with an emulator of VirusTotal as its endpoint. Run 'dotnet build' first.

.DESCRIPTION
build.ps1 -Task Try opens a pwsh with it. The emulator accepts any key except 'an-old-key', has no quota, and ends with the session. The
session has its own cache file.

.PARAMETER ArgumentList
Command-line options of the emulator, such as --latency 150, or --fault 503@0.1.

.EXAMPLE
dotnet pwsh -NoExit -File tools/Try.ps1
#>
[CmdletBinding()]
param(
    [Parameter(ValueFromRemainingArguments)] [string[]] $ArgumentList = @()
)

$ErrorActionPreference = 'Stop'
$repository = Split-Path $PSScriptRoot
Import-Module "$repository/artifacts/IocEnrich/IocEnrich.psd1", "$PSScriptRoot/Emulator.psm1" -Global

$store = [System.IO.Directory]::CreateTempSubdirectory('iocenrich-try-')
$env:IOCENRICH_CACHE = Join-Path $store.FullName 'cache.db'
$env:VT_API_KEY = 'any-key-will-do-here'
$emulator = Start-Emulator -ArgumentList (@('--forbidden-key', 'an-old-key') + $ArgumentList)
$null = Register-EngineEvent -SourceIdentifier PowerShell.Exiting -SupportEvent -MessageData $store.FullName -Action { Remove-Item -LiteralPath $Event.MessageData -Recurse -Force -ErrorAction Ignore }
Set-IocEnrichmentOption -Endpoint $emulator.Endpoint
"IocEnrich $((Get-Module IocEnrich).Version) with an emulator of VirusTotal at $($emulator.Endpoint). Type exit to leave."
