<#
.SYNOPSIS
Looks up the indicators in a file and prints the results and the job.

.DESCRIPTION
The quick start (tools/QuickStart) runs this against the emulator on this machine.
#>
param(
    # The address of the API.
    [Parameter(Mandatory)]
    [uri] $Endpoint,

    # A file with one indicator per line.
    [Parameter(Mandatory)]
    [string] $Path
)

# The emulator accepts any key and has no quota. A real key comes from $env:VT_API_KEY, or as a SecureString from a vault.
$key = [System.Net.NetworkCredential]::new('', 'any-key-will-do-here').SecurePassword

"Looking up the indicators of $Path at $Endpoint"
$job = Start-IocEnrichment -Path $Path -Name 'Quick start' -ApiKey $key -Endpoint $Endpoint -RequestsPerMinute 0

# Results are written as they arrive.
$job | Receive-IocEnrichmentResult -Wait | Out-Host

# The job stays in the session's list.
Get-IocEnrichmentJob -Name 'Quick start' | Out-Host
