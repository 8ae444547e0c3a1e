namespace IocEnrich.Engine.Providers;

/// <summary>What a provider says of itself: whatever the rest of the program has to know about it. Thread-safe, without state.</summary>
public abstract class ProviderDefinition
{
    /// <summary>The name that stands on results, in the cache and in messages.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The version of its reader, from 1: one more whenever the same report gives a result another value or one more. A cached answer of an
    /// earlier version whose report was kept is read again then.
    /// </summary>
    public abstract int ReaderVersion { get; }

    /// <summary>Reads a report that was kept, as if it had just come. It sends no request.</summary>
    /// <param name="indicator">What the report should be about.</param>
    /// <param name="report">The report.</param>
    /// <param name="retrievedAt">When the service gave it.</param>
    /// <param name="thresholds">What opinions add up to.</param>
    /// <returns><see langword="null"/> where it cannot be read, or is not about this indicator.</returns>
    public abstract EnrichmentResult? ReadReport(Indicator indicator, RawReport report, DateTimeOffset retrievedAt, VerdictThresholds thresholds);

    /// <summary>The verdict of an answer whose summary was cached. Verdicts are not: they depend on thresholds.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="thresholds">What opinions add up to.</param>
    public virtual Verdict Judge(EnrichmentResult answer, VerdictThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Malicious is { } malicious
            ? new DetectionCounts(malicious, answer.Suspicious ?? 0, answer.Harmless ?? 0, answer.Undetected ?? 0).ToVerdict(thresholds)
            : Verdict.Unknown;
    }
}
