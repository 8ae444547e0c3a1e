namespace IocEnrich.Engine.Orchestration;

/// <summary>What one request came to: an answer or a failure, never both and never neither.</summary>
public readonly struct LookupOutcome
{
    private LookupOutcome(EnrichmentResult? answer, LookupFailure? failure)
    {
        Answer = answer;
        Failure = failure;
    }

    /// <summary>The answer, Found or NotFound; <see langword="null"/> where the request failed.</summary>
    public EnrichmentResult? Answer { get; }

    /// <summary>What failed; <see langword="null"/> where there is an answer.</summary>
    public LookupFailure? Failure { get; }

    /// <summary>An answer.</summary>
    public static LookupOutcome Answered(EnrichmentResult answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new LookupOutcome(answer, null);
    }

    /// <summary>A failure.</summary>
    public static LookupOutcome Failed(LookupFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new LookupOutcome(null, failure);
    }
}
