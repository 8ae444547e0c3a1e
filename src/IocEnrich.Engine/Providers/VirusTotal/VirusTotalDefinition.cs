using System.Text.Json;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>What VirusTotal's API, version 3, says of itself.</summary>
public sealed class VirusTotalDefinition : ProviderDefinition
{
    internal const string ProviderName = "VirusTotal";

    private VirusTotalDefinition()
    {
    }

    /// <summary>The one there is.</summary>
    public static VirusTotalDefinition Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => ProviderName;

    /// <inheritdoc/>
    public override int ReaderVersion => 1;

    /// <inheritdoc/>
    public override EnrichmentResult? ReadReport(Indicator indicator, RawReport report, DateTimeOffset retrievedAt, VerdictThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(report);
        ReportReader reader = new(indicator.Value);
        try
        {
            // It is in memory: nothing is waited for.
            using Stream json = report.OpenRead();
            JsonStream.ReadAsync(json, reader, BodyLimits.MaxAnswerBytes, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or AnswerTooLargeException)
        {
            return null;
        }

        return reader.Report is { } read && AskedObject.IsAnsweredBy(indicator, read, out _) ? read.ToResult(indicator, thresholds, retrievedAt) : null;
    }
}
