namespace IocEnrich;

/// <summary>
/// The request limits of a key. The defaults are the documented limits of VirusTotal's public key. Some keys have other limits, so these
/// are only defaults.
/// </summary>
public sealed record QuotaLimits
{
    /// <summary>The default number of requests in any 60 seconds.</summary>
    public const int DefaultRequestsPerMinute = 4;

    /// <summary>The default number of requests in a day (UTC).</summary>
    public const int DefaultRequestsPerDay = 500;

    /// <summary>The time in which <see cref="RequestsPerMinute"/> counts: any 60 seconds, not those of a clock's minute.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly int _requestsPerMinute = DefaultRequestsPerMinute;
    private readonly int _requestsPerDay = DefaultRequestsPerDay;

    /// <summary>No limits at all.</summary>
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
