using IocEnrich.Engine.Caching;

namespace IocEnrich.Engine.Orchestration;

/// <summary>What a job is told at its start.</summary>
public sealed record EnrichmentJobOptions
{
    /// <summary>How many lookups run at once unless it is set otherwise: what suits a public key.</summary>
    public const int DefaultThrottleLimit = 4;

    /// <summary>The most lookups that may run at once.</summary>
    public const int MaxThrottleLimit = 1024;

    private readonly int _throttleLimit = DefaultThrottleLimit;

    /// <summary>How many lookups run at once: 1 to <see cref="MaxThrottleLimit"/>. How many, not how fast.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int ThrottleLimit
    {
        get => _throttleLimit;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxThrottleLimit);
            _throttleLimit = value;
        }
    }

    /// <summary>
    /// Whether private and otherwise reserved addresses, and names that only exist locally, are asked too. They are skipped unless it is
    /// set: the question would tell a third party about the inside of a network.
    /// </summary>
    public bool IncludeNonPublic { get; init; }

    /// <summary>What the job takes for the quota of its key; the public key's unless it is set otherwise.</summary>
    public QuotaLimits Limits { get; init; } = new();

    /// <summary>
    /// What is known already, and where answers are kept; its result is <see langword="null"/> if nothing is, and none are. A store may
    /// still be opened while the job takes its input in: the job asks about nothing before this has completed.
    /// </summary>
    public Task<JobCache?> Cache { get; init; } = Task.FromResult<JobCache?>(null);

    /// <summary>
    /// What results carry of the whole report: it is made when a result is received, not before. <see langword="null"/> if they carry
    /// nothing of it.
    /// </summary>
    public Func<RawReport, object>? ReportForm { get; init; }

    /// <summary>What the job shares with all others that use the same key at the same endpoint.</summary>
    public required KeyContext KeyContext { get; init; }
}
