namespace IocEnrich.Engine.VirusTotal;

/// <summary>What is read from a report: what the body says, as it says it. Whatever is missing or of another type is null.</summary>
internal sealed class VirusTotalReport
{
    // More than this of a list would tell a reader no more.
    internal const int MaxListed = 64;

    internal bool HasAttributes { get; set; }

    internal string? Id { get; set; }

    /// <summary>From <c>last_analysis_stats</c>, or counted from <c>last_analysis_results</c> where that is missing.</summary>
    internal DetectionCounts? Detections { get; set; }

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

    internal string? Sha256 { get; set; }

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
