namespace IocEnrich.Engine.Quotas;

/// <summary>What the gate says to a request: a permit, or why there will be none.</summary>
internal readonly struct Admission
{
    private Admission(Permit? permit, EnrichmentError? refusal)
    {
        Permit = permit;
        Refusal = refusal;
    }

    /// <summary>The permit; <see langword="null"/> where the request is refused.</summary>
    internal Permit? Permit { get; }

    /// <summary>Why nobody may ask any more; <see langword="null"/> where there is a permit.</summary>
    internal EnrichmentError? Refusal { get; }

    internal static Admission Of(Permit permit) => new(permit, null);

    internal static Admission Refused(EnrichmentError reason) => new(null, reason);
}
