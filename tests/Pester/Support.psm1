# What the tests share: the emulator as a process of its own, and other pwsh processes.

# An emulator on a free port. It ends with Stop-Emulator, or with this process.
function Start-Emulator {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It starts a process of the tests.')]
    param([string[]] $ArgumentList = @())

    $repository = Split-Path (Split-Path $PSScriptRoot)
    $builds = Join-Path $repository "src/VirusTotal.Emulator/bin/$($env:IOCENRICH_TEST_CONFIGURATION ?? 'Debug')/*/VirusTotal.Emulator.dll"
    $program = Get-Item -Path $builds | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $program) { throw "The emulator is not built: there is no $builds." }

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in @($program.FullName, '--exit-with-stdin', '--parent', "$PID") + $ArgumentList) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $endpoint = $process.StandardOutput.ReadLine()
    if (-not $endpoint) { throw 'The emulator ended before it was ready.' }

    $key = [System.Net.NetworkCredential]::new('', 'a-key-for-the-tests').SecurePassword
    [pscustomobject]@{
        Process  = $process
        Endpoint = $endpoint
        Control  = $endpoint.Replace('/api/v3', '/emulator')

        # For splatting: where, with which key, and without limits.
        To       = @{ Endpoint = $endpoint; ApiKey = $key; RequestsPerMinute = 0; RequestsPerDay = 0 }
    }
}

function Stop-Emulator {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It ends a process of the tests.')]
    param($Emulator)

    $Emulator.Process.StandardInput.Close()
    if (-not $Emulator.Process.WaitForExit(60000)) { $Emulator.Process.Kill() }
    $Emulator.Process.Dispose()
}

# What goes wrong from now on; nothing where nothing is named.
function Set-EmulatorFault {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It changes a process of the tests.')]
    param($Emulator, [string[]] $Fault = @())

    $null = Invoke-RestMethod -Uri "$($Emulator.Control)/faults" -Method Post -Body (ConvertTo-Json -InputObject $Fault)
}

# What the emulator was asked: counts. Indicators are keys, and may differ in case only.
function Get-EmulatorRequest {
    param($Emulator)
    (Invoke-WebRequest -Uri "$($Emulator.Control)/requests").Content | ConvertFrom-Json -AsHashtable
}

# Another pwsh, that nobody sits at: gives its exit code and what it wrote, errors included.
function Invoke-OtherPwsh {
    param([string] $Script, [hashtable] $Environment = @{})

    $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', $Script) { $start.ArgumentList.Add($argument) }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $output = $process.StandardOutput.ReadToEndAsync()
    $problems = $process.StandardError.ReadToEndAsync()
    if (-not $process.WaitForExit(180000)) {
        $process.Kill($true)
        throw "The other pwsh did not end. It wrote: $($output.Result) $($problems.Result)"
    }

    [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result.TrimEnd(); Error = $problems.Result.TrimEnd() }
}
