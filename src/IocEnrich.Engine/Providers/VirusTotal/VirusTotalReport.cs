namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>
/// What is read from a report (what the body says, as it says it; whatever is missing or of another type is null), and the result that it
/// makes.
/// </summary>
internal sealed class VirusTotalReport
{
    internal bool HasAttributes { get; set; }

    /// <summary>Whether it says in two ways which object it is about.</summary>
    internal bool IsAmbiguous { get; set; }

    internal string? Id { get; set; }

    /// <summary>What kind of object it is: <c>file</c>, <c>domain</c>, <c>ip_address</c>, <c>url</c>.</summary>
    internal string? Type { get; set; }

    /// <summary>From <c>last_analysis_stats</c>, or counted from <c>last_analysis_results</c> where that cannot be read.</summary>
    internal DetectionCounts? Detections { get; set; }

    /// <summary>Which attribute cannot be read, so that there are no <see cref="Detections"/> though there might be.</summary>
    internal string? Unreadable { get; set; }

    internal int? Reputation { get; set; }

    internal List<string>? Tags { get; set; }

    internal List<string>? Categories { get; set; }

    internal List<string>? ThreatNames { get; set; }

    internal string? SuggestedThreatLabel { get; set; }

    internal string? MeaningfulName { get; set; }

    internal string? FirstName { get; set; }

    internal string? Title { get; set; }

    internal string? TypeDescription { get; set; }

    internal long? Size { get; set; }

    internal string? Md5 { get; set; }

    internal string? Sha1 { get; set; }

    internal string? Sha256 { get; set; }

    /// <summary>The URL that a report is about, as it stands there: neither cleaned nor cut.</summary>
    internal string? Url { get; set; }

    internal DateTimeOffset? LastAnalysisDate { get; set; }

    internal DateTimeOffset? FirstSubmissionDate { get; set; }

    internal DateTimeOffset? CreationDate { get; set; }

    internal string? Country { get; set; }

    internal long? Asn { get; set; }

    internal string? AsOwner { get; set; }

    internal string? Network { get; set; }

    internal string? Registrar { get; set; }

    internal string? LastFinalUrl { get; set; }

    internal int? LastHttpResponseCode { get; set; }

    /// <summary>Which object it is, must not be said in two ways.</summary>
    internal string Once(string? before, string text)
    {
        IsAmbiguous |= before is not null && before != text;
        return text;
    }

    /// <summary>The result for the indicator that it answers.</summary>
    internal EnrichmentResult ToResult(Indicator indicator, VerdictThresholds thresholds, DateTimeOffset retrievedAt)
    {
        // All zeros is a report that nobody has analysed yet; it must not look like "0 of 70".
        DetectionCounts? heard = Detections is { Engines: > 0 } counts ? counts : null;
        bool isFile = indicator.Type is IndicatorType.Md5 or IndicatorType.Sha1 or IndicatorType.Sha256;
        string? sha256 = isFile && Sha256 is { Length: 64 } stated && AskedObject.IsAHash(stated) ? OneOf(stated, indicator.Value) : null;
        (string? page, string? name) = VirusTotalAddresses.PageOf(indicator, Id);
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
            Name = MeaningfulName ?? FirstName ?? Title,
            ThreatLabel = SuggestedThreatLabel ?? (ThreatNames is { } names ? string.Join(", ", names) : null),
            Tags = ListOf(Tags),
            Categories = ListOf(Categories),
            Reputation = Reputation,
            LastAnalysisDate = LastAnalysisDate,

            // The creation date of a file is what its compiler, or whoever forged it, has written into it.
            FirstSeen = FirstSubmissionDate ?? (indicator.Type == IndicatorType.Domain ? CreationDate : null),
            FileType = TypeDescription,
            Size = Size,
            Sha256 = sha256,
            Country = Country,
            Asn = Asn,
            AsOwner = AsOwner,
            Network = Network,
            Registrar = Registrar,
            FinalUrl = LastFinalUrl,
            HttpStatus = LastHttpResponseCode,
            LinkPage = page,
            LinkId = OneOf(name, sha256),
            Reason = Unreadable is null ? null : $"The engine counts cannot be read exactly ({Unreadable} of the report), so there is no verdict. See its page.",
            Requests = 1,
            RetrievedAt = retrievedAt,
            Provider = VirusTotalDefinition.ProviderName,
        };
    }

    // The same text twice is held once: a job may hold a million of them.
    private static string? OneOf(string? text, string? known) => text == known ? known : text;

    private static TextList ListOf(List<string>? texts) => texts is null ? TextList.Empty : new TextList(texts);
}
