#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Adds verdicts to the rows of a CSV file of alerts.

.DESCRIPTION
Finds the indicators in each row, in any column: plain, defanged or in the middle of a sentence. Looks up each of them once, and returns every
row with the result for the worst of its indicators. It removes nothing from a row, and leaves no row out.

.PARAMETER Path
The CSV file.

.PARAMETER Column
The columns to search. Wildcards are allowed. The default is all columns. Name columns if others hold addresses of your own.

.PARAMETER Delimiter
The separator between cells. The default is a comma; Excel often writes a semicolon.

.EXAMPLE
./triage.ps1 alerts.csv | Export-Csv triaged.csv

.EXAMPLE
./triage.ps1 alerts.csv -Column *url*, *hash* | Where-Object VtVerdict -eq Malicious | Format-Table

Searches only columns with matching names, and shows the rows to start with.
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

# The columns that an earlier run has added are not searched.
$names = @($Column.ForEach{ $rows[0].PSObject.Properties.Match($_).Name } | Where-Object { $_ -notlike 'Vt*' })
$found = foreach ($row in $rows) { , @($names.ForEach{ $row.$_ } | Find-Ioc -Unique) }

# Not @{}, because two URLs that differ only in case would be the same key.
$results = [System.Collections.Generic.Dictionary[string, object]]::new()
$found | Start-IocEnrichment -Name "Alerts of $Path" | Receive-IocEnrichmentResult -Wait | ForEach-Object { $results[$_.Indicator] = $_ }

# Failed lookups come before clean results: a row is clean only if all its indicators are.
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
