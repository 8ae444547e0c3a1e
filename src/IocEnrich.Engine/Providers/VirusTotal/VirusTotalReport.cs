namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>What is read from a report: what the body says, as it says it. Whatever is missing or of another type is null.</summary>
internal sealed class VirusTotalReport
{
    // More than this of a list would tell a reader no more.
    internal const int MaxListed = 64;

    internal bool HasAttributes { get; set; }

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
}
