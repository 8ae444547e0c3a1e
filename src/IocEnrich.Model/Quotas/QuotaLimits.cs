namespace IocEnrich;

/// <summary>
/// What a key may ask. The defaults are the public key's, as VirusTotal documents them; some keys have other figures, so these are
/// defaults and never taken for the truth.
/// </summary>
public sealed record QuotaLimits
{
    /// <summary>Requests in any 60 seconds, unless it is set otherwise.</summary>
    public const int DefaultRequestsPerMinute = 4;

    /// <summary>Requests in a day (UTC), unless it is set otherwise.</summary>
    public const int DefaultRequestsPerDay = 500;

    /// <summary>The time in which <see cref="RequestsPerMinute"/> counts: any 60 seconds, not those of a clock's minute.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly int _requestsPerMinute = DefaultRequestsPerMinute;
    private readonly int _requestsPerDay = DefaultRequestsPerDay;

    /// <summary>No limits at all.</summary>
    public static QuotaLimits None { get; } = new() { RequestsPerMinute = 0, RequestsPerDay = 0 };

    /// <summary>How many requests there may be in any 60 seconds; 0 for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int RequestsPerMinute
    {
        get => _requestsPerMinute;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _requestsPerMinute = value;
        }
    }

    /// <summary>How many requests there may be in a day, which begins at 00:00 UTC; 0 for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int RequestsPerDay
    {
        get => _requestsPerDay;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _requestsPerDay = value;
        }
    }
}
