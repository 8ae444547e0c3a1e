namespace IocEnrich;

/// <summary>
/// The request limits of a key. Each provider states the limits of its keys; the defaults here are those of the smallest keys. Some keys
/// have other limits, so these are only defaults.
/// </summary>
public sealed record QuotaLimits
{
    /// <summary>The time in which <see cref="RequestsPerMinute"/> counts: any 60 seconds, not those of a clock's minute.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly int _requestsPerMinute = 4;
    private readonly int _requestsPerDay = 500;

    /// <summary>No limit per minute or per day.</summary>
    public static QuotaLimits None { get; } = new() { RequestsPerMinute = 0, RequestsPerDay = 0 };

    /// <summary>The maximum number of requests in any 60 seconds; 0 for no limit.</summary>
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

    /// <summary>The maximum number of requests in a day, which begins at 00:00 UTC; 0 for no limit.</summary>
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
