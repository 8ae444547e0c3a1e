namespace IocEnrich.Engine.Limiting;

/// <summary>How a request ended, as far as it concerns everybody who uses the key.</summary>
internal enum RequestEnd
{
    /// <summary>The service answered, with a report or with an error that is no fault of its own.</summary>
    Answered = 0,

    /// <summary>It failed in a way that could pass.</summary>
    Failed,

    /// <summary>It failed in a way that could pass, and before it was sent: it costs nothing.</summary>
    Unsent,

    /// <summary>The service refused it for being one too many.</summary>
    TooMany,

    /// <summary>The service refuses whoever asks, and for good: the key is wrong, or may not do this.</summary>
    Final,

    /// <summary>It was given up, or never sent: it tells nothing.</summary>
    GivenUp,

    /// <summary>It was not sent, because the answer came from elsewhere meanwhile: it costs nothing, and tells nothing.</summary>
    NotNeeded,
}

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

    /// <summary>The request has ended.</summary>
    /// <param name="end">How the request ended.</param>
    /// <param name="error">What failed, where something did.</param>
    /// <param name="retryAfter">How long the service asks to wait, where it says so.</param>
    /// <returns>Why nobody asks any more, where that is what it means; else <see langword="null"/>.</returns>
    internal EnrichmentError? End(RequestEnd end, EnrichmentError? error = null, TimeSpan? retryAfter = null) =>
        Interlocked.Exchange(ref _ended, 1) == 0 ? limiter.OnEnded(this, end, error, retryAfter) : null;
}
