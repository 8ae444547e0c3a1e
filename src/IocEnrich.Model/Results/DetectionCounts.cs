namespace IocEnrich;

/// <summary>The number of engines by verdict. Time-outs, failures and unsupported types are not counted.</summary>
/// <param name="Malicious">Engines that say malicious.</param>
/// <param name="Suspicious">Engines that say suspicious.</param>
/// <param name="Harmless">Engines that say harmless.</param>
/// <param name="Undetected">Engines that looked and found nothing.</param>
public readonly record struct DetectionCounts(int Malicious, int Suspicious, int Harmless, int Undetected)
{
    /// <summary>How many engines returned a verdict.</summary>
    public int Engines => Malicious + Suspicious + Harmless + Undetected;

    /// <summary>The verdict over all engines.</summary>
    /// <param name="thresholds">The thresholds; see <see cref="VerdictThresholds.Default"/>.</param>
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
