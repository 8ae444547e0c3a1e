#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Looks up the addresses this machine is connected to.

.DESCRIPTION
Reads the established TCP connections: from Get-NetTCPConnection on Windows, from ss if it is installed, otherwise from .NET. .NET does not
report the process of a connection: the column Process stays empty, and a warning says so. Connections to private addresses are left out.

.PARAMETER IncludeNonPublic
Also looks up private addresses.

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
        Write-Warning 'Neither Get-NetTCPConnection nor ss is available, so the column Process stays empty.'
        foreach ($connection in [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpConnections()) {
            if ($connection.State -eq 'Established') {
                $remote = $connection.RemoteEndPoint
                [pscustomobject]@{ RemoteAddress = "$($remote.Address)"; RemotePort = $remote.Port; Process = $null }
            }
        }
    }
}

# Grouped by canonical form, as results have it: an IPv4 address can look like ::ffff:8.8.8.8 here.
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
