# The emulator of VirusTotal as a process beside this session: for the quick start, for trying things, and for the tests.

function Start-Emulator {
    <#
    .SYNOPSIS
    Starts the emulator on a free port. It ends with Stop-Emulator, or with this process.

    .OUTPUTS
    An object with the Process, the Endpoint of the API, and Control, the address below which the emulator itself is told and asked.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It starts a process that ends with this one.')]
    [CmdletBinding()]
    param(
        # Options of the emulator's command line, such as --latency 150.
        [string[]] $ArgumentList = @()
    )

    $builds = Join-Path (Split-Path $PSScriptRoot) "src/VirusTotal.Emulator/bin/$($env:IOCENRICH_TEST_CONFIGURATION ?? '*')/*/VirusTotal.Emulator.dll"
    $program = Get-Item -Path $builds | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $program) { throw "The emulator is not built: there is no $builds. Run 'dotnet build' first." }

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in @($program.FullName, '--exit-with-stdin', '--parent', "$PID") + $ArgumentList) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $endpoint = $process.StandardOutput.ReadLine()
    if (-not $endpoint) { throw 'The emulator ended before it was ready.' }

    [pscustomobject]@{
        Process  = $process
        Endpoint = $endpoint
        Control  = $endpoint.Replace('/api/v3', '/emulator')
    }
}

function Stop-Emulator {
    <#
    .SYNOPSIS
    Ends an emulator that Start-Emulator has started.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It ends a process that this session has started.')]
    [CmdletBinding()]
    param(
        # What Start-Emulator gave.
        [Parameter(Mandatory)] [object] $Emulator
    )

    $Emulator.Process.StandardInput.Close()
    if (-not $Emulator.Process.WaitForExit(60000)) { $Emulator.Process.Kill() }
    $Emulator.Process.Dispose()
}
