namespace IocEnrich;

/// <summary>How many engines hold which opinion. Time-outs, failures and unsupported types are no opinions and are not counted.</summary>
/// <param name="Malicious">Engines that call it malicious.</param>
/// <param name="Suspicious">Engines that call it suspicious.</param>
/// <param name="Harmless">Engines that call it harmless.</param>
/// <param name="Undetected">Engines that looked and saw nothing.</param>
public readonly record struct DetectionCounts(int Malicious, int Suspicious, int Harmless, int Undetected)
{
    /// <summary>From how many malicious opinions on the verdict is Malicious, unless it is set otherwise.</summary>
    public const int DefaultMaliciousThreshold = 3;

    /// <summary>How many engines gave an opinion.</summary>
    public int Engines => Malicious + Suspicious + Harmless + Undetected;

    /// <summary>What the opinions add up to.</summary>
    /// <param name="maliciousThreshold">From how many malicious opinions on the verdict is Malicious; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maliciousThreshold"/> is less than 1.</exception>
    public Verdict ToVerdict(int maliciousThreshold = DefaultMaliciousThreshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maliciousThreshold, 1);
        return this switch
        {
            { Engines: 0 } => Verdict.Unknown,
            _ when Malicious >= maliciousThreshold => Verdict.Malicious,
            _ when Malicious + Suspicious > 0 => Verdict.Suspicious,
            { Harmless: > 0 } => Verdict.Harmless,
            _ => Verdict.Undetected,
        };
    }
}
