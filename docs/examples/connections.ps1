#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Says what VirusTotal knows about the addresses that this machine is connected to.

.DESCRIPTION
Takes the established TCP connections: from Get-NetTCPConnection on Windows, from ss where that is installed, and from .NET everywhere
else, which does not know whose a connection is, so that the column Process stays empty; a warning says so then. Connections that end
at a private address are left out.

.PARAMETER IncludeNonPublic
Asks about private addresses as well.

.EXAMPLE
./connections.ps1 | Where-Object Verdict -in Malicious, Suspicious

.EXAMPLE
./connections.ps1 | Sort-Object Process | Format-Table Process, RemoteAddress, RemotePort, Verdict, Detections, Owner
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [switch] $IncludeNonPublic
)

function Get-Connection {
    if (Get-Command -Name Get-NetTCPConnection -ErrorAction Ignore) {
        foreach ($connection in Get-NetTCPConnection -State Established) {
            $process = Get-Process -Id $connection.OwningProcess -ErrorAction Ignore
            [pscustomobject]@{ RemoteAddress = $connection.RemoteAddress; RemotePort = $connection.RemotePort; Process = $process.Name }
        }
    }
    elseif (Get-Command -Name ss -CommandType Application -ErrorAction Ignore) {
        foreach ($line in ss -Htnp state established) {
            if ($line -match '\s(?<address>\S+):(?<port>\d+)(\s+users:\(\("(?<process>[^"]+)".*)?\s*$') {
                [pscustomobject]@{
                    RemoteAddress = $Matches.address -replace '[][]|%.*'
                    RemotePort    = [int] $Matches.port
                    Process       = $Matches.process
                }
            }
        }
    }
    else {
        Write-Warning 'Neither Get-NetTCPConnection nor ss is here, so nothing says which process a connection belongs to.'
        foreach ($connection in [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpConnections()) {
            if ($connection.State -eq 'Established') {
                $remote = $connection.RemoteEndPoint
                [pscustomobject]@{ RemoteAddress = "$($remote.Address)"; RemotePort = $remote.Port; Process = $null }
            }
        }
    }
}

# By the form that results have: an IPv4 address can look like ::ffff:8.8.8.8 here.
$connections = Get-Connection | Group-Object -Property { ($_.RemoteAddress -as [IocEnrich.Indicator]).Value } -AsHashTable
if (-not $connections) { return }

$connections.Keys | Start-IocEnrichment -Name 'Connections' -IncludeNonPublic:$IncludeNonPublic | Receive-IocEnrichmentResult -Wait |
    Where-Object Status -NE 'Skipped' | ForEach-Object {
        foreach ($connection in $connections[$_.Indicator]) {
            [pscustomobject]@{
                Verdict       = $_.Status -eq 'Found' ? $_.Verdict : $_.Status
                Detections    = $_.Detections
                RemoteAddress = $_.Indicator
                RemotePort    = $connection.RemotePort
                Process       = $connection.Process
                Owner         = $_.AsOwner
                Country       = $_.Country
                Link          = $_.Link
            }
        }
    }
