#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Looks a list of indicators up with nobody there: CSV and JSON out, one line for the log, and an exit code for the outcome.

.DESCRIPTION
Meant for cron, systemd and the Task Scheduler: it asks nobody anything, and shows no progress. Start it with -NonInteractive, so that a
forgotten parameter is an error and no question.

The files are written under another name and put in place when they are complete: whoever reads them finds the old one or the new one,
never a part. One row an indicator, in the order of the list.

The exit code is
  0  if every indicator has its answer, or the reason why it is not asked
  1  if it could not run, or nothing was answered; the files are as they were
  2  if some have no answer; their rows say why. Run it again: what was answered is known, and only the rest is asked.

The key is never a parameter, because others can read a command line. It comes out of a vault of SecretManagement (-SecretName), else
from $env:VT_API_KEY, $env:VTCLI_APIKEY or ~/.vt.toml.

.PARAMETER Path
The list: a file with one indicator a line, plain or defanged. Blank lines and # comments are passed over.

.PARAMETER CsvPath
Where the table goes. A text that a spreadsheet program would take for a formula has an apostrophe before it there.

.PARAMETER JsonPath
Where the same goes as an array of objects.

.PARAMETER LogPath
A file that the line at the end is added to. It is written to the output in any case.

.PARAMETER SecretName
The name of the secret that is the key. Without it the key comes from the environment.

.PARAMETER Vault
The vault the secret is in, if not in the default one.

.PARAMETER RequestsPerMinute
How many requests the key may make in any 60 seconds; 0 for no limit. Without it, as Start-IocEnrichment has it.

.PARAMETER RequestsPerDay
How many requests the key may make in a day; 0 for no limit. Without it, as Start-IocEnrichment has it.

.PARAMETER TimeoutSec
How long it may take, in seconds; a day if nothing is said. What has no answer by then counts as failed.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File scheduled.ps1 -Path iocs.txt -CsvPath verdicts.csv -JsonPath verdicts.json

Looks the list up once, with the key from the environment.

.EXAMPLE
0 6 * * * pwsh -NoProfile -NonInteractive -File ~/ioc/scheduled.ps1 -Path ~/ioc/iocs.txt -CsvPath ~/ioc/verdicts.csv -JsonPath ~/ioc/verdicts.json -LogPath ~/ioc/runs.log

A line for crontab: every morning at six, with the key from ~/.vt.toml.

.EXAMPLE
$run = '-NoProfile -NonInteractive -File C:\ioc\scheduled.ps1 -Path C:\ioc\iocs.txt -CsvPath C:\ioc\verdicts.csv -JsonPath C:\ioc\verdicts.json -SecretName VirusTotal'
Register-ScheduledTask -TaskName 'IOC verdicts' -Action (New-ScheduledTaskAction -Execute pwsh -Argument $run) -Trigger (New-ScheduledTaskTrigger -Daily -At 6am)

The same for the Task Scheduler, with the key out of the default vault.
#>
[CmdletBinding()]
[OutputType([string])]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $CsvPath,
    [Parameter(Mandatory)] [string] $JsonPath,
    [string] $LogPath,
    [string] $SecretName,
    [string] $Vault,
    [ValidateRange(0, [int]::MaxValue)] [int] $RequestsPerMinute,
    [ValidateRange(0, [int]::MaxValue)] [int] $RequestsPerDay,
    [ValidateRange(1, 604800)] [int] $TimeoutSec = 86400
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$places = $CsvPath, $JsonPath | ForEach-Object { $PSCmdlet.GetUnresolvedProviderPathFromPSPath($_) }
$parts = $places | ForEach-Object { "$_.$PID.tmp" }

try {
    $start = @{ LiteralPath = $Path }
    foreach ($limit in 'RequestsPerMinute', 'RequestsPerDay') {
        if ($PSBoundParameters.ContainsKey($limit)) { $start[$limit] = $PSBoundParameters[$limit] }
    }

    if ($SecretName) {
        $from = if ($Vault) { @{ Vault = $Vault } } else { @{} }
        $start.ApiKey = Get-Secret -Name $SecretName @from
    }

    # Failures are rows of the result: they need not be errors as well.
    $job = Start-IocEnrichment @start
    $results = @($job | Receive-IocEnrichmentResult -TimeoutSec $TimeoutSec -ErrorAction SilentlyContinue)
    if ($job.State -eq 'Running') {
        Stop-Job -Job $job
        $results += @($job | Receive-IocEnrichmentResult -Wait -ErrorAction SilentlyContinue)
    }

    $results = @($results | Sort-Object -Property Position)
    $count = $job.Summary
    $failures = @($results | Where-Object Status -EQ 'Failed')
    if ($failures -and $count.Found + $count.NotFound -eq 0) {
        throw "Nothing was answered. $($failures[0].Reason)"
    }

    # The table is what people open in a spreadsheet program, and names come from attackers: no text of it may be taken for a formula.
    $results | ForEach-Object ForSpreadsheet | Export-Csv -LiteralPath $parts[0]
    ConvertTo-Json -InputObject $results -Depth 4 -EnumsAsStrings | Set-Content -LiteralPath $parts[1]

    # Each is put in its place in one step. Move-Item -Force would copy over a file that is there.
    for ($i = 0; $i -lt $places.Count; $i++) { [System.IO.File]::Move($parts[$i], $places[$i], $true) }

    $exitCode = $failures ? 2 : 0
    $outcome = "$($count.Total) indicators, $($count.Malicious) malicious, $($count.Suspicious) suspicious, $($count.NotFound) not found, " +
    "$($count.Skipped) not asked, $($count.Failed) failed; $($count.FromCache) known already, $($count.Requests) requests."
    if ($failures) { $outcome += " The first failure: $($failures[0].Defanged), $($failures[0].Reason)" }
}
catch {
    Remove-Item -LiteralPath $parts -ErrorAction Ignore
    $exitCode = 1
    $outcome = "It could not run. $($_.Exception.Message)"
}

$line = "$([datetime]::UtcNow.ToString('s'))Z exit $exitCode, ${Path}: $($outcome.ReplaceLineEndings(' '))"
$line
if ($LogPath) { $line | Add-Content -LiteralPath $LogPath }

exit $exitCode
