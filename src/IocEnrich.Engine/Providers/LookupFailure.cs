namespace IocEnrich.Engine.Providers;

/// <summary>Whom a failure concerns, and so what is done about it.</summary>
public enum FailureScope
{
    /// <summary>This indicator only, and for good: asking again would get the same answer.</summary>
    Indicator = 0,

    /// <summary>It could pass: the indicator is asked once more.</summary>
    Passing,

    /// <summary>The service asks for patience: the indicator is asked once more, after a wait.</summary>
    Throttled,

    /// <summary>All indicators of the job: it ends.</summary>
    Job,
}

/// <summary>A request that brought no answer.</summary>
/// <param name="Error">What a person is told.</param>
/// <param name="Scope">Whom it concerns.</param>
public sealed record LookupFailure(EnrichmentError Error, FailureScope Scope)
{
    /// <summary>
    /// Whether the request may have reached the service, and so counts against the quota. One for which no connection could be made
    /// does not.
    /// </summary>
    public bool MayHaveArrived { get; init; } = true;

    /// <summary>How long the service asked to wait, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
