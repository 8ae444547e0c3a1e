using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Limiting;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// How a job reaches its provider: through the requests that are in flight already, what is known already, the limiter of its key, and its
/// own throttle.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
internal sealed class LookupPipeline
#pragma warning restore CA1001
{
    private readonly IIndicatorProvider _provider;
    private readonly KeyContext _key;
    private readonly Task<JobCache?> _opening;
    private readonly bool _includeReport;
    private readonly SemaphoreSlim _places;
    private readonly RequestQueue _queue;
    private readonly Action _retryWaits;
    private readonly Action _sent;

    /// <param name="provider">The service to query.</param>
    /// <param name="options">The limits of the job, and what it shares with others.</param>
    /// <param name="retryWaits">Called when a retry has to wait: its worker's place is free for another indicator until then.</param>
    /// <param name="sent">Called when a request is sent.</param>
    internal LookupPipeline(IIndicatorProvider provider, EnrichmentJobOptions options, Action retryWaits, Action sent)
    {
        _provider = provider;
        _key = options.KeyContext;
        _queue = new RequestQueue(options.Limits);
        _opening = options.Cache;
        _includeReport = options.ReportForm is not null;
        _places = new SemaphoreSlim(options.ThrottleLimit);
        _retryWaits = retryWaits;
        _sent = sent;
    }

    /// <summary>
    /// Asks for the indicator of a lookup, where its answer is not known yet, or shares the outcome of a request for it that is in flight.
    /// </summary>
    internal ValueTask<LookupOutcome> LookUpAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken) =>
        _opening.IsCompletedSuccessfully ? ShareAsync(lookup, isRetry, cancellationToken) : OpenAndShareAsync(lookup, isRetry, cancellationToken);

    /// <summary>The cached answer for an indicator, where there is one that is fresh enough. It costs no request, and never fails.</summary>
    internal bool TryGetCached(Indicator indicator, out LookupOutcome cached)
    {
        CachedResult? answer = Cache?.Find(indicator);
        cached = answer is null ? default : LookupOutcome.Answered(answer.Result, answer.Report);
        return answer is not null;
    }

    /// <summary>Ends when all answers so far are on the disk, or never will be because the store has failed.</summary>
    internal Task FlushAsync() => Cache?.FlushAsync() ?? Task.CompletedTask;

    /// <summary>What the job has to do without, and why; <see langword="null"/> if that is nothing.</summary>
    internal string? Problem => Cache?.Problem ?? _key.LedgerProblem;

    /// <summary>What the quota holds for the job at the moment, and what its requests wait for.</summary>
    internal QuotaSnapshot Snapshot() => _key.Limiter.Snapshot(_queue);

    // So long as it is not open, nothing was asked, and nothing is kept.
    private JobCache? Cache => _opening.IsCompletedSuccessfully ? _opening.Result : null;

    private async ValueTask<LookupOutcome> OpenAndShareAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        return await ShareAsync(lookup, isRetry, cancellationToken);
    }

    private ValueTask<LookupOutcome> ShareAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken) =>
        _key.InFlight.ShareAsync(
            new CoalescingKey(lookup.Indicator, _provider.Terms, Cache?.Freshness, _includeReport), token => ResolveAsync(lookup, isRetry, token), cancellationToken);

    // Whoever has the indicator in hand here is the only one of this process: what another job has just learned is found.
    private ValueTask<LookupOutcome> ResolveAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken) =>
        TryGetCached(lookup.Indicator, out LookupOutcome cached) ? ValueTask.FromResult(cached) : SendAsync(lookup, isRetry, cancellationToken);

    private async ValueTask<LookupOutcome> SendAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken)
    {
        ValueTask<LeaseResult> entering = _key.Limiter.EnterAsync(_queue, isRetry, cancellationToken);
        bool waits = !entering.IsCompleted;
        if (waits && isRetry)
        {
            _retryWaits();
        }

        LeaseResult granted = await entering;
        if (granted.RequestLease is not { } lease)
        {
            return Ending(granted.Refusal!);
        }

        // The wait may have been long enough for another process to ask.
        if (waits && TryGetCached(lookup.Indicator, out LookupOutcome cached))
        {
            lease.Return();
            return cached;
        }

        LookupOutcome outcome;
        try
        {
            await _places.WaitAsync(cancellationToken);
            try
            {
                lookup.OnSent();
                _sent();
                outcome = await _provider.LookUpAsync(lookup.Indicator, cancellationToken);
                if (lease.End(outcome.Failure) is { } end)
                {
                    outcome = Ending(end);
                }
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            // Heard only where the request has not ended in another way.
            lease.GiveUp();
        }

        // An answer with a reservation is not kept: the next one may have none.
        if (Cache is { } store && outcome.Answer is { Reason: null } answer)
        {
            // Not to be broken off: it has been paid for.
            await store.KeepAsync(lookup.Indicator, answer, outcome.Report);
        }

        return outcome;
    }

    private static LookupOutcome Ending(EnrichmentError reason) => LookupOutcome.Failed(new LookupFailure(reason, FailureScope.Job));
}
