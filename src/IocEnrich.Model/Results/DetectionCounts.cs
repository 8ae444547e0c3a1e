namespace IocEnrich;

/// <summary>How many engines hold which opinion. Time-outs, failures and unsupported types are no opinions and are not counted.</summary>
/// <param name="Malicious">Engines that call it malicious.</param>
/// <param name="Suspicious">Engines that call it suspicious.</param>
/// <param name="Harmless">Engines that call it harmless.</param>
/// <param name="Undetected">Engines that looked and saw nothing.</param>
public readonly record struct DetectionCounts(int Malicious, int Suspicious, int Harmless, int Undetected)
{
    /// <summary>How many engines gave an opinion.</summary>
    public int Engines => Malicious + Suspicious + Harmless + Undetected;

    /// <summary>What the opinions add up to.</summary>
    /// <param name="thresholds">From how many engines on it is called what; see <see cref="VerdictThresholds.Default"/>.</param>
    public Verdict ToVerdict(VerdictThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        return this switch
        {
            { Engines: 0 } => Verdict.Unknown,
            _ when Malicious >= thresholds.Malicious => Verdict.Malicious,
            _ when (long)Malicious + Suspicious >= thresholds.Suspicious => Verdict.Suspicious,
            { Harmless: > 0 } => Verdict.Harmless,
            _ => Verdict.Undetected,
        };
    }
}
