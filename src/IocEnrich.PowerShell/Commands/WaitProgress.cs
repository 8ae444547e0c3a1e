using System.Globalization;
using System.Management.Automation;
using IocEnrich.PowerShell.Jobs;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Shows how far jobs are while a cmdlet waits for them: at most once in a second, and always completed.</summary>
internal sealed class WaitProgress(Cmdlet cmdlet)
{
    /// <summary>How long a wait lasts at most before it is shown anew.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Any number that tells it apart from the progress of others in the same pipeline.
    private const int ActivityId = 0x10C;
    private const string Activity = "Looking indicators up";

    private long _shownAt;
    private bool _isShown;

    /// <summary>Shows the state of the jobs, unless it was shown less than a second ago.</summary>
    internal void Update(IReadOnlyCollection<IocEnrichmentJob> jobs)
    {
        if (_isShown && Environment.TickCount64 - _shownAt < Interval.TotalMilliseconds)
        {
            return;
        }

        _isShown = true;
        _shownAt = Environment.TickCount64;
        EnrichmentProgress[] all = [.. jobs.Select(static job => job.Summary)];
        int total = all.Sum(static progress => progress.Total);
        int done = all.Sum(static progress => progress.Done);
        int malicious = all.Sum(static progress => progress.Malicious);
        string found = malicious == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {malicious} malicious");
        string status = jobs.Count == 1 ? jobs.First().StatusMessage : string.Create(CultureInfo.InvariantCulture, $"{done} of {total} in {jobs.Count} jobs");
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, status + found)
        {
            PercentComplete = total == 0 || !all.All(static progress => progress.InputComplete) ? -1 : (int)(100L * done / total),
        });
    }

    /// <summary>Takes it off the screen.</summary>
    internal void Complete()
    {
        if (_isShown)
        {
            _isShown = false;
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
