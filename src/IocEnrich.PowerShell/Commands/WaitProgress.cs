using System.Management.Automation;
using IocEnrich.PowerShell.Jobs;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Shows how far jobs are while a cmdlet waits for them: five times a second at most, always completed, and nothing if nobody wants to
/// see it.
/// </summary>
internal sealed class WaitProgress
{
    // Any number that tells it apart from the progress of others in the same pipeline.
    private const int ActivityId = 0x10C;
    private const string Activity = "Looking up indicators";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    // PowerShell counts its own sources upwards from 0.
    private static long s_lastSource;

    private readonly PSCmdlet _cmdlet;
    private readonly IReadOnlyCollection<IocEnrichmentJob> _jobs;
    private readonly long _source = Interlocked.Decrement(ref s_lastSource);
    private readonly bool _isWanted;
    private long _shownAt;
    private bool _isShown;

    internal WaitProgress(PSCmdlet cmdlet, IReadOnlyCollection<IocEnrichmentJob> jobs)
    {
        _cmdlet = cmdlet;
        _jobs = jobs;
        _isWanted = IsWanted(cmdlet);
    }

    /// <summary>How long a wait lasts at most before it is shown anew: the clock goes on where nothing else does.</summary>
    internal TimeSpan Interval => _isWanted ? TimeSpan.FromSeconds(1) : Timeout.InfiniteTimeSpan;

    /// <summary>Shows the state of the jobs, unless it was shown just now.</summary>
    internal void Update()
    {
        if (!_isWanted || (_isShown && Environment.TickCount64 - _shownAt < Shortest.TotalMilliseconds))
        {
            return;
        }

        _isShown = true;
        _shownAt = Environment.TickCount64;
        EnrichmentProgress[] jobs = [.. _jobs.Select(static job => job.Summary)];
        EnrichmentProgress all = EnrichmentProgress.Together(jobs);
        _cmdlet.CommandRuntime.WriteProgress(_source, new ProgressRecord(ActivityId, Activity, ProgressText.Waiting(jobs))
        {
            PercentComplete = all.Total == 0 || !all.InputComplete ? -1 : (int)(100L * all.Done / all.Total),
            SecondsRemaining = all.EstimatedEnd is { } end
                ? (int)Math.Clamp(Math.Ceiling((end - DateTimeOffset.UtcNow).TotalSeconds), 0, int.MaxValue)
                : -1,
        });
    }

    /// <summary>Takes it off the screen.</summary>
    internal void Complete()
    {
        if (!_isShown)
        {
            return;
        }

        _isShown = false;
        ProgressRecord completed = new(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed };
        if (_cmdlet.Stopping)
        {
            // After Ctrl+C a cmdlet may not write any more; but a host that does not tidy up by itself would go on showing it.
            _cmdlet.Host.UI.WriteProgress(_source, completed);
        }
        else
        {
            _cmdlet.CommandRuntime.WriteProgress(_source, completed);
        }
    }

    private static bool IsWanted(PSCmdlet cmdlet)
    {
        // -ProgressAction, which every cmdlet has, wins over $ProgressPreference.
        object? preference = cmdlet.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out object? bound)
            ? bound
            : cmdlet.SessionState.PSVariable.GetValue("ProgressPreference");
        return !LanguagePrimitives.TryConvertTo(preference, out ActionPreference action)
            || action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
