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
    private readonly KeyContext _account;
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
        _account = options.Account;
        _queue = new RequestQueue(options.Limits);
        _opening = options.Known;
        _includeReport = options.ReportForm is not null;
        _places = new SemaphoreSlim(options.ThrottleLimit);
        _retryWaits = retryWaits;
        _sent = sent;
    }

    /// <summary>
    /// Asks for the indicator of a lookup, where its answer is not known yet, or shares the outcome of a request for it that is in flight.
    /// </summary>
    internal ValueTask<LookupOutcome> AskAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken) =>
        _opening.IsCompletedSuccessfully ? ShareAsync(lookup, isRetry, cancellationToken) : OpenAndShareAsync(lookup, isRetry, cancellationToken);

    /// <summary>The cached answer for an indicator, where there is one that is fresh enough. It costs no request, and never fails.</summary>
    internal bool TryKnow(Indicator indicator, out LookupOutcome known)
    {
        CachedResult? answer = Known?.Find(indicator);
        known = answer is null ? default : LookupOutcome.Answered(answer.Result, answer.Report);
        return answer is not null;
    }

    /// <summary>Ends when all answers so far are on the disk, or never will be because the store has failed.</summary>
    internal Task FlushAsync() => Known?.FlushAsync() ?? Task.CompletedTask;

    /// <summary>What the job has to do without, and why; <see langword="null"/> where that is nothing.</summary>
    internal string? Problem => Known?.Problem ?? _account.LedgerProblem;

    /// <summary>What the quota holds for the job at the moment, and what its requests wait for.</summary>
    internal QuotaSnapshot Look() => _account.Limiter.Look(_queue);

    // So long as it is not open, nothing was asked, and nothing is kept.
    private JobCache? Known => _opening.IsCompletedSuccessfully ? _opening.Result : null;

    private async ValueTask<LookupOutcome> OpenAndShareAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        return await ShareAsync(lookup, isRetry, cancellationToken);
    }

    private ValueTask<LookupOutcome> ShareAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken) =>
        _account.InFlight.ShareAsync(
            new CoalescingKey(lookup.Indicator, _provider.Terms, Known?.Ages, _includeReport), token => ResolveAsync(lookup, isRetry, token), cancellationToken);

    // Whoever has the indicator in hand here is the only one of this process: what another job has just learned is found.
    private ValueTask<LookupOutcome> ResolveAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken) =>
        TryKnow(lookup.Indicator, out LookupOutcome known) ? ValueTask.FromResult(known) : SendAsync(lookup, isRetry, cancellationToken);

    private async ValueTask<LookupOutcome> SendAsync(Lookup lookup, bool isRetry, CancellationToken cancellationToken)
    {
        ValueTask<LeaseResult> entering = _account.Limiter.EnterAsync(_queue, isRetry, cancellationToken);
        bool waits = !entering.IsCompleted;
        if (waits && isRetry)
        {
            _retryWaits();
        }

        LeaseResult admission = await entering;
        if (admission.RequestLease is not { } lease)
        {
            return Ending(admission.Refusal!);
        }

        // The wait may have been long enough for another process to ask.
        if (waits && TryKnow(lookup.Indicator, out LookupOutcome known))
        {
            lease.Return();
            return known;
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
        if (Known is { } store && outcome.Answer is { Reason: null } answer)
        {
            // Not to be broken off: it has been paid for.
            await store.KeepAsync(lookup.Indicator, answer, outcome.Report);
        }

        return outcome;
    }

    private static LookupOutcome Ending(EnrichmentError reason) => LookupOutcome.Failed(new LookupFailure(reason, FailureScope.Job));
}
