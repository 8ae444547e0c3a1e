#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Looks up the indicators in a report, and lists the worst first.

.DESCRIPTION
Finds the indicators, plain and defanged, in any text, such as a vendor's report, an email or a log. Looks up each of them once, and says
where it occurs first and how often.

.PARAMETER Path
The files to search. Wildcards are allowed.

.PARAMETER IncludeUrlHost
Also looks up the hosts of the URLs.

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
            # Defanged, so that you can paste it into a ticket. The property Input has the text of the report.
            Indicator  = $_.Defanged
            Times      = $_.Occurrences
            Threat     = $_.ThreatLabel
            File       = $_.InputPath
            Line       = $_.InputLine
            Link       = $_.Link
        }
    }
