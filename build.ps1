<#
.SYNOPSIS
Builds, tests and packages IocEnrich: a thin door to the MSBuild targets, for people who live in pwsh.

.EXAMPLE
./build.ps1

Builds the solution and stages the module in artifacts/IocEnrich.

.EXAMPLE
./build.ps1 -Task Test

Builds, and runs all tests, the Pester suite on the packaged module included.

.EXAMPLE
./build.ps1 -Task Try

Builds, and opens a pwsh with the module imported and an emulator of VirusTotal as its endpoint.

.EXAMPLE
./build.ps1 -Task Docs

Writes anew what is made of something else: the metadata in docs/cmdlets, out of the cmdlets, and the help that is shipped with the module,
out of docs/cmdlets; the session in docs/session.md, out of what pwsh shows; and the tables in docs/input.md and docs/reliability.md, out of
the code and of what each fault does to a job. What people have to write is marked there with {{ }}. Needs nothing but the .NET SDK.

.EXAMPLE
./build.ps1 -Task Package

Builds in Release, compiles the engine for each platform, and makes what the gallery takes: artifacts/IocEnrich.<version>.nupkg. Fetches
some 250 MB of packages of the runtime the first time. ProjectUri in the environment, as https://host/owner/name, is where the package
says that the project lives.
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
    throw "The task $Task ended with exit code $LASTEXITCODE."
}
