#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Adds verdicts to the rows of a CSV file of alerts.

.DESCRIPTION
Finds the indicators in each row, in whatever column they stand, plain, defanged or in the middle of a sentence, looks each up once, and
gives every row back with what was found out about the worst of its indicators. Nothing is taken from a row, and no row is left out.

.PARAMETER Path
The CSV file.

.PARAMETER Column
The columns to look in, with wildcards; all of them if nothing is said. Name them where others hold addresses of your own.

.PARAMETER Delimiter
What stands between the cells; a comma if nothing is said, and often a semicolon in what Excel writes.

.EXAMPLE
./triage.ps1 alerts.csv | Export-Csv triaged.csv

.EXAMPLE
./triage.ps1 alerts.csv -Column *url*, *hash* | Where-Object IocVerdict -eq Malicious | Format-Table

Looks only in the columns with such names, and shows the rows to begin with.
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory, Position = 0)] [string] $Path,
    [Parameter(Position = 1)] [string[]] $Column = '*',
    [char] $Delimiter = ','
)

$rows = @(Import-Csv -LiteralPath $Path -Delimiter $Delimiter)
if (-not $rows) { return }

# The columns of an earlier triage are no findings.
$names = @($Column.ForEach{ $rows[0].PSObject.Properties.Match($_).Name } | Where-Object { $_ -notlike 'Vt*' })
$found = foreach ($row in $rows) { , @($names.ForEach{ $row.$_ } | Find-Ioc -Unique) }

# Not @{}, which would take two URLs for one that differ in case.
$results = [System.Collections.Generic.Dictionary[string, object]]::new()
$found | Start-IocEnrichment -Name "Alerts of $Path" | Receive-IocEnrichmentResult -Wait | ForEach-Object { $results[$_.Indicator] = $_ }

# What could not be checked goes before what is clean: a row is clean only where all of it is.
$worstFirst = { $_.Verdict -ge 'Suspicious' }, { $_.Status -eq 'Failed' }, 'Verdict', 'Malicious', 'Engines'
for ($i = 0; $i -lt $rows.Count; $i++) {
    $worst = @($found)[$i] | ForEach-Object { $results[$_.Value] } | Sort-Object -Property $worstFirst -Descending | Select-Object -First 1
    $rows[$i] | Add-Member -PassThru -Force -NotePropertyMembers ([ordered]@{
        VtVerdict    = $worst.Status -eq 'Found' ? $worst.Verdict : $worst.Status
        VtDetections = $worst.Detections
        VtIndicator  = $worst.Defanged
        VtThreat     = $worst.ThreatLabel
        VtLink       = $worst.Link
        VtReason     = $worst.Reason
    })
}
