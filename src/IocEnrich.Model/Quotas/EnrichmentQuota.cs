namespace IocEnrich;

/// <summary>What a key may ask and has asked, at one moment: as the service says, and as is counted here.</summary>
public sealed record EnrichmentQuota
{
    /// <summary>Who was asked.</summary>
    public required string Service { get; init; }

    /// <summary>The requests of the hour, as the service says; <see langword="null"/> where it does not.</summary>
    public QuotaUsage? Hour { get; init; }

    /// <summary>The requests of the day (UTC), as the service says; <see langword="null"/> where it does not.</summary>
    public QuotaUsage? Day { get; init; }

    /// <summary>The requests of the month (UTC), as the service says; <see langword="null"/> where it does not.</summary>
    public QuotaUsage? Month { get; init; }

    /// <summary>
    /// The requests that hold a place in the current 60 seconds, as counted here, under the limit that jobs go by;
    /// <see langword="null"/> where that is not known.
    /// </summary>
    public QuotaUsage? LocalMinute { get; init; }

    /// <summary>
    /// The requests of the day (UTC), as counted here, under the limit that jobs go by; <see langword="null"/> where that is not known.
    /// </summary>
    public QuotaUsage? LocalDay { get; init; }

    /// <summary>How long a list would take; <see langword="null"/> where that was not asked.</summary>
    public LookupEstimate? Estimate { get; init; }

    /// <summary>When the service said so (UTC); <see langword="null"/> where it did not.</summary>
    public DateTimeOffset? RetrievedAt { get; init; }
}
