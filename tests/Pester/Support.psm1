# What the tests share: the emulator as a process of its own, and other pwsh processes.

Import-Module "$PSScriptRoot/../../tools/Emulator.psm1"

function Start-TestEmulator {
    <#
    .SYNOPSIS
    An emulator, and what a command needs to ask it. It ends with Stop-Emulator, or with this process.
    #>
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It starts a process of the tests.')]
    param([string[]] $ArgumentList = @())

    $emulator = Start-Emulator -ArgumentList $ArgumentList
    $key = [System.Net.NetworkCredential]::new('', 'a-key-for-the-tests').SecurePassword

    # For splatting: where, with which key, and without limits.
    $emulator | Add-Member -NotePropertyName To -NotePropertyValue @{ Endpoint = $emulator.Endpoint; ApiKey = $key; RequestsPerMinute = 0; RequestsPerDay = 0 } -PassThru
}

function Set-EmulatorFault {
    <#
    .SYNOPSIS
    What goes wrong from now on; nothing where nothing is named.
    #>
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It changes a process of the tests.')]
    param($Emulator, [string[]] $Fault = @())

    $null = Invoke-RestMethod -Uri "$($Emulator.Control)/faults" -Method Post -Body (ConvertTo-Json -InputObject $Fault)
}

function Get-EmulatorRequest {
    <#
    .SYNOPSIS
    What the emulator was asked: counts. Indicators are keys, and may differ in case only.
    #>
    param($Emulator)
    (Invoke-WebRequest -Uri "$($Emulator.Control)/requests").Content | ConvertFrom-Json -AsHashtable
}

function Invoke-OtherPwsh {
    <#
    .SYNOPSIS
    Another pwsh, that nobody sits at: gives its exit code and what it wrote, errors included.
    #>
    param([string] $Script, [hashtable] $Environment = @{})

    # Not the program of this process: that is dotnet, where pwsh is a .NET tool.
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in "$PSHOME/pwsh.dll", '-NoProfile', '-NonInteractive', '-Command', $Script) { $start.ArgumentList.Add($argument) }
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

Export-ModuleMember -Function Start-TestEmulator, Stop-Emulator, Set-EmulatorFault, Get-EmulatorRequest, Invoke-OtherPwsh
