#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Looks up the files in a folder and its subfolders by their hashes.

.DESCRIPTION
Only hashes leave the machine, never a file. Files with the same content are looked up once, and each has its own row. A file that cannot be
read is an error; the other files are still looked up.

.PARAMETER Path
The folder.

.PARAMETER Filter
Only files whose names match, as in *.exe.

.EXAMPLE
./folder.ps1 ~/Downloads | Where-Object Verdict -in Malicious, Suspicious

.EXAMPLE
./folder.ps1 C:\Users\Public -Filter *.exe | Export-Csv public.csv
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory, Position = 0)] [string] $Path,
    [string] $Filter = '*'
)

$files = Get-ChildItem -LiteralPath $Path -Filter $Filter -File -Recurse | Get-FileHash -Algorithm SHA256 | Group-Object -Property Hash -AsHashTable
if (-not $files) { return }

# A row for each file, as soon as the result for its hash arrives.
$files.Keys | Start-IocEnrichment -Name "Files of $Path" | Receive-IocEnrichmentResult -Wait | ForEach-Object {
    foreach ($file in $files[$_.Indicator]) {
        [pscustomobject]@{
            Verdict    = $_.Status -eq 'Found' ? $_.Verdict : $_.Status
            Detections = $_.Detections
            Path       = $file.Path
            Threat     = $_.ThreatLabel
            KnownAs    = $_.Name
            Sha256     = $_.Indicator
            Link       = $_.Link
        }
    }
}
