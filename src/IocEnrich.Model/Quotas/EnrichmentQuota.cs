namespace IocEnrich;

/// <summary>The quota of a key and its use at one moment: as the service reports it, and as counted on this machine.</summary>
public sealed record EnrichmentQuota
{
    /// <summary>The host name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>The requests of the hour, as the service reports them; otherwise <see langword="null"/>.</summary>
    public QuotaUsage? Hour { get; init; }

    /// <summary>The requests of the day (UTC), as the service reports them; otherwise <see langword="null"/>.</summary>
    public QuotaUsage? Day { get; init; }

    /// <summary>The requests of the month (UTC), as the service reports them; otherwise <see langword="null"/>.</summary>
    public QuotaUsage? Month { get; init; }

    /// <summary>
    /// The requests that count in the current 60 seconds, as counted here, under the limit of the jobs; <see langword="null"/> if unknown.
    /// </summary>
    public QuotaUsage? LocalMinute { get; init; }

    /// <summary>The requests of the day (UTC), as counted here, under the limit of the jobs; <see langword="null"/> if unknown.</summary>
    public QuotaUsage? LocalDay { get; init; }

    /// <summary>The estimate for a list; <see langword="null"/> if none was requested.</summary>
    public LookupEstimate? Estimate { get; init; }

    /// <summary>When the service reported the quota (UTC); <see langword="null"/> if it did not.</summary>
    public DateTimeOffset? RetrievedAt { get; init; }
}
