namespace IocEnrich.Engine.Limiting;

/// <summary>What the limiter says to a request: a lease, or why there will be none.</summary>
internal readonly struct LeaseResult
{
    private LeaseResult(RequestLease? lease, EnrichmentError? refusal)
    {
        RequestLease = lease;
        Refusal = refusal;
    }

    /// <summary>The lease; <see langword="null"/> if the request is refused.</summary>
    internal RequestLease? RequestLease { get; }

    /// <summary>Why nobody may ask any more; <see langword="null"/> if there is a lease.</summary>
    internal EnrichmentError? Refusal { get; }

    internal static LeaseResult Of(RequestLease lease) => new(lease, null);

    internal static LeaseResult Refused(EnrichmentError reason) => new(null, reason);
}
