using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Limiting;

/// <summary>Leave to send one request. Whoever has it tells the limiter, once, how the request ended; later words are not heard.</summary>
internal sealed class RequestLease(RequestLimiter limiter, QuotaLimits limits, bool isLeased, bool isRetry, bool isHealthProbe, bool isQuotaProbe)
{
    private int _ended;

    /// <summary>Under which limits it was given.</summary>
    internal QuotaLimits Limits => limits;

    /// <summary>Whether the ledger gave it.</summary>
    internal bool IsLeased => isLeased;

    internal bool IsRetry => isRetry;

    /// <summary>Whether this request finds out if a service that was down is back.</summary>
    internal bool IsHealthProbe => isHealthProbe;

    /// <summary>Whether this request finds out if the pause that the service asked for was long enough.</summary>
    internal bool IsQuotaProbe => isQuotaProbe;

    /// <summary>The request has ended: the service answered, or something failed.</summary>
    /// <param name="failure">What failed; <see langword="null"/> if there is an answer.</param>
    /// <returns>Why nobody asks any more, where that is what it means; else <see langword="null"/>.</returns>
    internal EnrichmentError? End(LookupFailure? failure = null) => TryEnd() ? limiter.OnEnded(this, failure) : null;

    /// <summary>The request was broken off, or never sent: it counts, and tells nothing.</summary>
    internal void GiveUp()
    {
        if (TryEnd())
        {
            limiter.OnGivenUp(this, counts: true);
        }
    }

    /// <summary>The request is not needed, because the answer came from elsewhere meanwhile: it costs nothing, and tells nothing.</summary>
    internal void Return()
    {
        if (TryEnd())
        {
            limiter.OnGivenUp(this, counts: false);
        }
    }

    private bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
