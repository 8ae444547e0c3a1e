<#
.SYNOPSIS
Runs the Pester suite: the packaged module, in this pwsh, against the emulator.

.DESCRIPTION
Packs the module as build.ps1 -Task Package does, and unpacks it into a folder of its own, which goes to the front of the PSModulePath: so
it is found, and loaded by itself, as an installed one is. Where PowerShell 7.4 or Pester 5 is not to hand it says so in a line, and that
is no failure. build.ps1 -Task Test and .ci/run call this when the solution has been built.

.PARAMETER Configuration
Which build is to be used.

.PARAMETER ResultPath
A file for the counts: one line, as in passed=70 failed=0 skipped=1.

.EXAMPLE
./tests/Pester/Invoke-Suite.ps1
#>
[CmdletBinding()]
param(
    [ValidateSet('Debug', 'Release')] [string] $Configuration = 'Debug',
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
$pester = Get-Module -Name Pester -ListAvailable | Where-Object { $_.Version.Major -ge 5 } | Select-Object -First 1
if (-not $pester -or $PSVersionTable.PSVersion -lt '7.4') {
    "Pester: not run, because it takes PowerShell 7.4 with Pester 5, and this is PowerShell $($PSVersionTable.PSVersion) with $($pester ?? 'no Pester 5')."
    exit 0
}

Import-Module -Name $pester.Path
$repository = Split-Path -Path (Split-Path -Path $PSScriptRoot)
$project = "$repository/src/IocEnrich.PowerShell/IocEnrich.PowerShell.csproj"
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "IocEnrich.Pester.$([guid]::NewGuid().ToString('N'))"
$properties = "--property:PackageDirectory=$folder/"
dotnet build $project --configuration $Configuration --target:PackageModule $properties --no-restore --nologo --verbosity quiet
if ($LASTEXITCODE -ne 0) { throw "The module could not be packed: dotnet ended with exit code $LASTEXITCODE." }

$package = Get-Item -Path "$folder/IocEnrich.*.nupkg"
$variables = 'PSModulePath', 'IOCENRICH_CACHE', 'IOCENRICH_TEST_CONFIGURATION', 'VT_API_KEY', 'VTCLI_APIKEY', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'
$before = @{}
foreach ($name in $variables) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
try {
    [System.IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, (Join-Path $folder 'modules/IocEnrich'))

    # A session that looks like a user's, and is nobody's: no key, no proxy, a store of its own.
    $variables | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
    $env:PSModulePath = (Join-Path $folder 'modules') + [System.IO.Path]::PathSeparator + $before.PSModulePath
    $env:IOCENRICH_CACHE = Join-Path $folder 'cache.db'
    $env:IOCENRICH_TEST_CONFIGURATION = $Configuration

    $settings = New-PesterConfiguration
    $settings.Run.Path = $PSScriptRoot
    $settings.Run.PassThru = $true
    $settings.Output.Verbosity = 'Normal'
    $outcome = Invoke-Pester -Configuration $settings
    if ($ResultPath) {
        # Not Pester's own: that one cannot be written where the message of a failure holds an escape sequence.
        $failed = $outcome.FailedCount + $outcome.FailedBlocksCount + $outcome.FailedContainersCount
        "passed=$($outcome.PassedCount) failed=$failed skipped=$($outcome.SkippedCount)" | Set-Content -LiteralPath $ResultPath
    }
}
finally {
    foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }

    # On Windows the module's files are in use for as long as this session lasts.
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}

exit $(if ($outcome.Result -eq 'Passed') { 0 } else { 1 })
