namespace IocEnrich.Engine.Providers;

/// <summary>What one request came to: an answer or a failure, never both and never neither.</summary>
public readonly struct LookupOutcome
{
    private LookupOutcome(EnrichmentResult? answer, RawReport? report, LookupFailure? failure)
    {
        Answer = answer;
        Report = report;
        Failure = failure;
    }

    /// <summary>The answer, Found or NotFound; <see langword="null"/> if the request failed.</summary>
    public EnrichmentResult? Answer { get; }

    /// <summary>The whole body that the answer was read from, where there was one and it was kept.</summary>
    public RawReport? Report { get; }

    /// <summary>What failed; <see langword="null"/> if there is an answer.</summary>
    public LookupFailure? Failure { get; }

    /// <summary>An outcome with an answer.</summary>
    /// <param name="report">The whole body that it was read from.</param>
    public static LookupOutcome Answered(EnrichmentResult answer, RawReport? report = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new LookupOutcome(answer, report, null);
    }

    /// <summary>An outcome with a failure.</summary>
    public static LookupOutcome Failed(LookupFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new LookupOutcome(null, null, failure);
    }
}
