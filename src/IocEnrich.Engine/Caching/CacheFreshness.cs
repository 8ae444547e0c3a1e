namespace IocEnrich.Engine.Caching;

/// <summary>The maximum age of cached answers.</summary>
public sealed record CacheFreshness
{
    /// <summary>The default maximum age of a report.</summary>
    public static readonly TimeSpan DefaultFound = TimeSpan.FromDays(1);

    /// <summary>The default maximum age of "never seen". It is shorter, because somebody may upload a new sample within hours.</summary>
    public static readonly TimeSpan DefaultNotFound = TimeSpan.FromHours(4);

    private readonly TimeSpan _found = DefaultFound;
    private readonly TimeSpan? _notFound;

    /// <summary>The maximum age of a report: zero or more. Zero looks everything up again, and caches the answers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Found
    {
        get => _found;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _found = value;
        }
    }

    /// <summary>The maximum age of "never seen": zero or more. The default is 4 hours, or <see cref="Found"/> if that is less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan NotFound
    {
        get => _notFound ?? (_found < DefaultNotFound ? _found : DefaultNotFound);
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _notFound = value;
        }
    }

    /// <summary>Whether an answer of this kind, given at a time, need not be asked for again. One from the future is not believed.</summary>
    internal bool IsFresh(EnrichmentStatus status, DateTimeOffset retrievedAt, DateTimeOffset now)
    {
        TimeSpan age = now - retrievedAt;

        // A clock that was set back a little, or differs a little, is no reason to pay twice.
        return age < (status == EnrichmentStatus.NotFound ? NotFound : Found) && age > -TimeSpan.FromMinutes(5);
    }
}
