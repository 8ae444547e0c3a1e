<#
.SYNOPSIS
Runs the Pester suite: the packaged module, in this pwsh, against the emulator.

.DESCRIPTION
'dotnet test' runs it in the pinned pwsh, on the installed package, with both generations of Pester that the repository pins. Run by itself,
for example in another version of pwsh, it packs the module and unpacks it into a folder of its own. The module's folder goes to the front
of the PSModulePath: so it is found, and loaded by itself, as an installed one is.

Needs a solution that has been built. Ends with exit code 0 where every test passed, else with 1.

.PARAMETER Configuration
Which build is to be used.

.PARAMETER PesterPath
The manifest of the Pester to use. Without it: the newest one that 'dotnet restore' has fetched.

.PARAMETER ModulePath
The folder in which the module's folder lies. Without it the module is packed, and unpacked.

.PARAMETER ResultPath
A file for the results, as JSON: the name of each test, how it went, and what it says where it did not pass.

.EXAMPLE
./tests/Pester/Invoke-Suite.ps1
#>
[CmdletBinding()]
param(
    [ValidateSet('Debug', 'Release')] [string] $Configuration = 'Debug',
    [string] $PesterPath,
    [string] $ModulePath,
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
$repository = Split-Path -Path (Split-Path -Path $PSScriptRoot)
if (-not $PesterPath) {
    $version = ([xml] (Get-Content -LiteralPath "$repository/Directory.Packages.props")).SelectSingleNode('//PesterVersion').InnerText
    $packages = (dotnet nuget locals global-packages --list) -replace '^[^:]+: '
    $PesterPath = Join-Path $packages "pester/$version/tools/Pester.psd1"
}

Import-Module -Name $PesterPath
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "IocEnrich.Pester.$([guid]::NewGuid().ToString('N'))"
$null = New-Item -Path $folder -ItemType Directory
$variables = 'PSModulePath', 'IOCENRICH_CACHE', 'IOCENRICH_TEST_CONFIGURATION', 'VT_API_KEY', 'VTCLI_APIKEY', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_COLOR'
$before = @{}
foreach ($name in $variables) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
try {
    if (-not $ModulePath) {
        $project = "$repository/src/IocEnrich.PowerShell/IocEnrich.PowerShell.csproj"
        $properties = "--property:PackageDirectory=$folder/"
        dotnet build $project --configuration $Configuration --target:PackageModule $properties --no-restore --nologo --verbosity quiet
        if ($LASTEXITCODE -ne 0) { throw "The module could not be packed: dotnet ended with exit code $LASTEXITCODE." }

        $ModulePath = Join-Path $folder 'modules'
        [System.IO.Compression.ZipFile]::ExtractToDirectory((Get-Item -Path "$folder/IocEnrich.*.nupkg").FullName, (Join-Path $ModulePath 'IocEnrich'))
    }

    # A session that looks like a user's, and is nobody's: no key, no proxy, a store of its own.
    $variables | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
    $env:PSModulePath = $ModulePath + [System.IO.Path]::PathSeparator + $before.PSModulePath
    $env:IOCENRICH_CACHE = Join-Path $folder 'cache.db'
    $env:IOCENRICH_TEST_CONFIGURATION = $Configuration

    $settings = New-PesterConfiguration
    $settings.Run.Path = $PSScriptRoot
    $settings.Run.PassThru = $true
    $settings.Output.Verbosity = 'Normal'
    $outcome = Invoke-Pester -Configuration $settings
    if ($ResultPath) {
        # Not one of Pester's own files: they cannot be written where the message of a failure holds an escape sequence. What fails outside
        # of a test, such as a BeforeAll or a file that is no script, is in the list as well.
        $outside = @($outcome.FailedBlocks) + @($outcome.FailedContainers) | Where-Object { $_ }
        @($outcome.Tests) + $outside | Where-Object { $_ } | ForEach-Object {
            [pscustomobject]@{ Name = $_.ExpandedPath ?? "$_"; Result = $_.Result; Message = @($_.ErrorRecord | ForEach-Object { "$_" }) -join ' ' }
        } | ConvertTo-Json -AsArray | Set-Content -LiteralPath $ResultPath
    }
}
finally {
    foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }

    # On Windows the module's files are in use for as long as this session lasts.
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}

exit $(if ($outcome.Result -eq 'Passed') { 0 } else { 1 })
