#Requires -Version 7.4
#Requires -Modules IocEnrich

<#
.SYNOPSIS
Looks up a list of indicators unattended: writes CSV, JSON and one line for the log, and returns an exit code.

.DESCRIPTION
For cron, systemd and the Task Scheduler: it never prompts, and shows no progress. Start it with -NonInteractive, so that a missing
parameter is an error instead of a prompt.

The files are written under another name and renamed when they are complete: readers find the old file or the new one, never a part. Each
indicator has one row, in the order of the list.

Exit codes:
  0  Every indicator has an answer, or was skipped with a reason.
  1  The script could not run, or no indicator has an answer. The files are unchanged.
  2  Some lookups failed; their rows say why. Run the script again: answers are cached, and only the rest is looked up.

The key is never a parameter, because other users can read a command line. It comes from a vault of SecretManagement (-SecretName), otherwise
from $env:VT_API_KEY, $env:VTCLI_APIKEY or ~/.vt.toml.

.PARAMETER Path
The list: a file with one indicator per line, plain or defanged. Blank lines and # comments are ignored.

.PARAMETER CsvPath
The CSV file to write. Texts that a spreadsheet program would treat as a formula get an apostrophe in front.

.PARAMETER JsonPath
The JSON file to write: the same results as an array of objects.

.PARAMETER LogPath
The file to append the final line to. The line is always written to the output as well.

.PARAMETER SecretName
The name of the secret that holds the key. Without it, the key comes from the environment.

.PARAMETER Vault
The vault of the secret, if it is not the default vault.

.PARAMETER RequestsPerMinute
The number of requests the key may make in any 60 seconds; 0 for no limit. The default is that of Start-IocEnrichment.

.PARAMETER RequestsPerDay
The number of requests the key may make in a day; 0 for no limit. The default is that of Start-IocEnrichment.

.PARAMETER TimeoutSec
The time limit of the script, in seconds. The default is a day. Indicators without an answer by then count as failed.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File scheduled.ps1 -Path iocs.txt -CsvPath verdicts.csv -JsonPath verdicts.json

Looks up the list once, with the key from the environment.

.EXAMPLE
0 6 * * * pwsh -NoProfile -NonInteractive -File ~/ioc/scheduled.ps1 -Path ~/ioc/iocs.txt -CsvPath ~/ioc/verdicts.csv -JsonPath ~/ioc/verdicts.json -LogPath ~/ioc/runs.log

A line for crontab: every day at six in the morning, with the key from ~/.vt.toml.

.EXAMPLE
$run = '-NoProfile -NonInteractive -File C:\ioc\scheduled.ps1 -Path C:\ioc\iocs.txt -CsvPath C:\ioc\verdicts.csv -JsonPath C:\ioc\verdicts.json -SecretName VirusTotal'
Register-ScheduledTask -TaskName 'IOC verdicts' -Action (New-ScheduledTaskAction -Execute pwsh -Argument $run) -Trigger (New-ScheduledTaskTrigger -Daily -At 6am)

The same for the Task Scheduler, with the key from the default vault.
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

    # Failed lookups are rows of the result, so the errors are not needed.
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
        throw "No indicator has an answer. $($failures[0].Reason)"
    }

    # People open the CSV file in a spreadsheet program, and names come from attackers: no text may be treated as a formula.
    $results | ForEach-Object ForSpreadsheet | Export-Csv -LiteralPath $parts[0]
    ConvertTo-Json -InputObject $results -Depth 4 -EnumsAsStrings | Set-Content -LiteralPath $parts[1]

    # Each file is replaced in one step. Move-Item -Force would copy over an existing file.
    for ($i = 0; $i -lt $places.Count; $i++) { [System.IO.File]::Move($parts[$i], $places[$i], $true) }

    $exitCode = $failures ? 2 : 0
    $outcome = "$($count.Total) indicators, $($count.Malicious) malicious, $($count.Suspicious) suspicious, $($count.NotFound) not found, " +
    "$($count.Skipped) skipped, $($count.Failed) failed; $($count.FromCache) from the cache, $($count.Requests) requests."
    if ($failures) { $outcome += " First failure: $($failures[0].Defanged), $($failures[0].Reason)" }
}
catch {
    Remove-Item -LiteralPath $parts -ErrorAction Ignore
    $exitCode = 1
    $outcome = "The script could not run. $($_.Exception.Message)"
}

$line = "$([datetime]::UtcNow.ToString('s'))Z exit $exitCode, ${Path}: $($outcome.ReplaceLineEndings(' '))"
$line
if ($LogPath) { $line | Add-Content -LiteralPath $LogPath }

exit $exitCode
