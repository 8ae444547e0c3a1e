namespace IocEnrich.Engine.Limiting;

/// <summary>What the gate says to a request: a permit, or why there will be none.</summary>
internal readonly struct LeaseResult
{
    private LeaseResult(RequestLease? permit, EnrichmentError? refusal)
    {
        RequestLease = permit;
        Refusal = refusal;
    }

    /// <summary>The permit; <see langword="null"/> where the request is refused.</summary>
    internal RequestLease? RequestLease { get; }

    /// <summary>Why nobody may ask any more; <see langword="null"/> where there is a permit.</summary>
    internal EnrichmentError? Refusal { get; }

    internal static LeaseResult Of(RequestLease permit) => new(permit, null);

    internal static LeaseResult Refused(EnrichmentError reason) => new(null, reason);
}
