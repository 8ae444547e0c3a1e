namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>Makes results of what VirusTotal says.</summary>
internal static class VirusTotalResults
{
    internal static EnrichmentResult Found(
        Indicator indicator, VirusTotalReport report, VerdictThresholds thresholds, string provider, DateTimeOffset retrievedAt)
    {
        // All zeros is a report that nobody has analysed yet; it must not look like "0 of 70".
        DetectionCounts? heard = report.Detections is { Engines: > 0 } counts ? counts : null;
        bool isFile = indicator.Type is IndicatorType.Md5 or IndicatorType.Sha1 or IndicatorType.Sha256;
        string? sha256 = isFile && report.Sha256 is { Length: 64 } stated && AskedObject.IsAHash(stated) ? OneOf(stated, indicator.Value) : null;
        (string? page, string? name) = VirusTotalAddresses.PageOf(indicator, report.Id);
        return new EnrichmentResult
        {
            Indicator = indicator.Value,
            Type = indicator.Type,
            Status = EnrichmentStatus.Found,
            Verdict = heard?.ToVerdict(thresholds) ?? Verdict.Unknown,
            Malicious = heard?.Malicious,
            Suspicious = heard?.Suspicious,
            Harmless = heard?.Harmless,
            Undetected = heard?.Undetected,
            Name = report.MeaningfulName ?? report.FirstName ?? report.Title,
            ThreatLabel = report.SuggestedThreatLabel ?? (report.ThreatNames is { } names ? string.Join(", ", names) : null),
            Tags = ListOf(report.Tags),
            Categories = ListOf(report.Categories),
            Reputation = report.Reputation,
            LastAnalysisDate = report.LastAnalysisDate,
            // The creation date of a file is what its compiler, or whoever forged it, has written into it.
            FirstSeen = report.FirstSubmissionDate ?? (indicator.Type == IndicatorType.Domain ? report.CreationDate : null),
            FileType = report.TypeDescription,
            Size = report.Size,
            Sha256 = sha256,
            Country = report.Country,
            Asn = report.Asn,
            AsOwner = report.AsOwner,
            Network = report.Network,
            Registrar = report.Registrar,
            FinalUrl = report.LastFinalUrl,
            HttpStatus = report.LastHttpResponseCode,
            LinkPage = page,
            LinkId = OneOf(name, sha256),
            Reason = report.Unreadable is null ? null : $"How many engines call it what cannot be read exactly ({report.Unreadable} of the report), so there is no verdict. Look at its page.",
            Requests = 1,
            RetrievedAt = retrievedAt,
            Provider = provider,
        };
    }

    // The same text twice is held once: a job may hold a million of them.
    private static string? OneOf(string? text, string? known) => text == known ? known : text;

    private static TextList ListOf(List<string>? texts) => texts is null ? TextList.Empty : new TextList(texts);

    internal static EnrichmentResult NotFound(Indicator indicator, string provider, DateTimeOffset retrievedAt) => new()
    {
        Indicator = indicator.Value,
        Type = indicator.Type,
        Status = EnrichmentStatus.NotFound,
        Requests = 1,
        RetrievedAt = retrievedAt,
        Provider = provider,
    };
}
