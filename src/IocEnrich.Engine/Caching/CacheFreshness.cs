namespace IocEnrich.Engine.Caching;

/// <summary>How old a known answer may be so that it is not asked for again.</summary>
public sealed record CacheFreshness
{
    /// <summary>How old an answer may be unless it is set otherwise.</summary>
    public static readonly TimeSpan DefaultFound = TimeSpan.FromDays(1);

    /// <summary>
    /// How old "never seen" may be unless it is set otherwise: shorter, because what is new today is uploaded by somebody within hours.
    /// </summary>
    public static readonly TimeSpan DefaultNotFound = TimeSpan.FromHours(4);

    private readonly TimeSpan _found = DefaultFound;
    private readonly TimeSpan? _notFound;

    /// <summary>How old a report may be: zero or more. Zero asks for everything anew, and keeps the answers.</summary>
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

    /// <summary>How old "never seen" may be: zero or more. Unless it is set, 4 hours, or <see cref="Found"/> where that is less.</summary>
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
    internal bool AreFresh(EnrichmentStatus status, DateTimeOffset retrievedAt, DateTimeOffset now)
    {
        TimeSpan age = now - retrievedAt;

        // A clock that was set back a little, or differs a little, is no reason to pay twice.
        return age < (status == EnrichmentStatus.NotFound ? NotFound : Found) && age > -TimeSpan.FromMinutes(5);
    }
}
