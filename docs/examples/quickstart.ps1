<#
.SYNOPSIS
Looks the indicators of a file up and prints the results and the job.

.DESCRIPTION
The quick start (tools/QuickStart) runs this against the emulator on this machine.
#>
param(
    # Where the API is.
    [Parameter(Mandatory)]
    [uri] $Endpoint,

    # A file with one indicator a line.
    [Parameter(Mandatory)]
    [string] $Path
)

# The emulator takes any key and has no quota. A real one comes from $env:VT_API_KEY, or as a SecureString out of a vault.
$key = [System.Net.NetworkCredential]::new('', 'any-key-will-do-here').SecurePassword

"Looking up the indicators of $Path at $Endpoint"
$job = Start-IocEnrichment -Path $Path -Name 'Quick start' -ApiKey $key -Endpoint $Endpoint -RequestsPerMinute 0

# Results are written as they come.
$job | Receive-IocEnrichmentResult -Wait | Out-Host

# The job stays in the session's list.
Get-IocEnrichmentJob -Name 'Quick start' | Out-Host
