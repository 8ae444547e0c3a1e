<#
.SYNOPSIS
Builds, tests and packages IocEnrich from pwsh, through the MSBuild targets.

.EXAMPLE
./build.ps1

Builds the solution and stages the module in artifacts/IocEnrich.

.EXAMPLE
./build.ps1 -Task Test

Builds, and runs all tests, including the Pester suite on the packaged module.

.EXAMPLE
./build.ps1 -Task Try

Builds, and opens a pwsh with the module imported and an emulator of VirusTotal as its endpoint.

.EXAMPLE
./build.ps1 -Task Docs

Rewrites the generated documentation: the metadata in docs/cmdlets (from the cmdlets), the help that ships with the module (from
docs/cmdlets), the session in docs/session.md (from the output of pwsh), and the tables in docs/input.md and docs/reliability.md (from the
code, and from what each fault does to a job). Texts that a person must write are marked with {{ }}. Needs only the .NET SDK.

.EXAMPLE
./build.ps1 -Task Package

Builds in Release, compiles the engine for each platform, and creates the package for the gallery: artifacts/IocEnrich.<version>.nupkg. The
first run downloads about 250 MB of runtime packages. The environment variable ProjectUri (https://host/owner/name) sets the project address
in the package.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Try', 'Docs', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $(if ($Task -eq 'Package') { 'Release' } else { 'Debug' })
)

$ErrorActionPreference = 'Stop'
$solution = "$PSScriptRoot/IocEnrich.PowerShell.sln"
$project = "$PSScriptRoot/src/IocEnrich.PowerShell/IocEnrich.PowerShell.csproj"

switch ($Task) {
    'Build' { dotnet build $solution --configuration $Configuration }
    'Test' { dotnet test $solution --configuration $Configuration }
    'Try' {
        dotnet build $solution --configuration $Configuration
        if ($LASTEXITCODE -eq 0) {
            Push-Location $PSScriptRoot
            try {
                dotnet tool restore
                if ($LASTEXITCODE -eq 0) { dotnet pwsh -NoLogo -NoProfile -NoExit -File tools/Try.ps1 }
            }
            finally { Pop-Location }
        }
    }
    'Docs' {
        $env:IOCENRICH_WRITE_DOCS = '1'
        try {
            dotnet test "$PSScriptRoot/tests/IocEnrich.PowerShell.Tests" --configuration $Configuration --filter 'FullyQualifiedName~Tests.Help.HelpPage|FullyQualifiedName~SessionPage|FullyQualifiedName~ColumnTests'
            if ($LASTEXITCODE -eq 0) {
                dotnet test "$PSScriptRoot/tests/IocEnrich.Engine.Tests" --configuration $Configuration --filter 'FullyQualifiedName~FaultTable'
            }
        }
        finally {
            $env:IOCENRICH_WRITE_DOCS = $null
        }
    }
    'Package' { dotnet build $project --configuration $Configuration --target:PackageModule --property:CompiledAheadPlatforms=all }
}

if ($LASTEXITCODE -ne 0) {
    throw "The task $Task failed with exit code $LASTEXITCODE."
}
