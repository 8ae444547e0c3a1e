#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Checks the indicators that a report names, the worst first.

.DESCRIPTION
Takes texts of any kind, such as a vendor's report, a mail or a log, and finds the indicators in them, plain and defanged. Each is asked
about once, and tells where it stands first and how often it comes.

.PARAMETER Path
The texts; wildcards are expanded.

.PARAMETER IncludeUrlHost
Asks about the hosts of the URLs as well.

.EXAMPLE
./report.ps1 report.txt

.EXAMPLE
./report.ps1 mails/*.eml -IncludeUrlHost | Where-Object Verdict -eq Malicious | Export-Csv block.csv
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory, Position = 0)] [SupportsWildcards()] [string[]] $Path,
    [switch] $IncludeUrlHost
)

Find-Ioc -Path $Path -IncludeUrlHost:$IncludeUrlHost |
    Start-IocEnrichment -Name "Report $Path" |
    Receive-IocEnrichmentResult -Wait |
    Sort-Object -Property Verdict, Malicious, Engines -Descending |
    ForEach-Object {
        [pscustomobject]@{
            Verdict    = $_.Status -eq 'Found' ? $_.Verdict : $_.Status
            Detections = $_.Detections
            Type       = $_.Type
            # Defanged, so that it can be pasted into a ticket. Input is what the report says.
            Indicator  = $_.Defanged
            Times      = $_.Occurrences
            Threat     = $_.ThreatLabel
            File       = $_.InputPath
            Line       = $_.InputLine
            Link       = $_.Link
        }
    }
