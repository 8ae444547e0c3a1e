using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Orchestration;

/// <summary>The way of one indicator of a job through the retry policy, which asks once or twice.</summary>
internal sealed class Lookup(EnrichmentJob job, Indicator indicator)
{
    private int _attempts;
    private int _requests;

    internal Indicator Indicator => indicator;

    /// <summary>How many requests this lookup has sent itself: an outcome that was shared with another job cost none.</summary>
    internal int Requests => Volatile.Read(ref _requests);

    /// <summary>Asks; the second time as a retry.</summary>
    internal ValueTask<LookupOutcome> LookUpAsync(CancellationToken cancellationToken)
    {
        bool isRetry = _attempts++ > 0;
        return job.EarlyEnd is { } end
            ? ValueTask.FromResult(LookupOutcome.Failed(new LookupFailure(end, FailureScope.Job)))
            : job.Pipeline.LookUpAsync(this, isRetry, cancellationToken);
    }

    internal void OnSent() => Interlocked.Increment(ref _requests);
}
