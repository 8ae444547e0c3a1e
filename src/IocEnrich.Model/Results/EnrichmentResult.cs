using System.Globalization;

namespace IocEnrich;

/// <summary>
/// The result for one indicator. A job gives exactly one for each distinct indicator. Immutable and flat, with property names that work as
/// columns of a CSV file.
/// </summary>
/// <remarks>
/// Texts from the service were written by whoever uploaded the sample. Control characters, escape sequences and bidirectional overrides in
/// them are made visible, and long texts are cut (see <see cref="DisplayText"/>).
/// </remarks>
public sealed record EnrichmentResult
{
    // Jobs hold results by the hundred thousand until somebody receives them.
    private readonly byte _type;
    private readonly byte _status;
    private readonly byte _verdict;
    private readonly Packed<int> _malicious;
    private readonly Packed<int> _suspicious;
    private readonly Packed<int> _harmless;
    private readonly Packed<int> _undetected;
    private readonly Packed<int> _reputation;
    private readonly Packed<int> _httpStatus;
    private readonly Packed<long> _size;
    private readonly Packed<long> _asn;
    private readonly PackedTime _lastAnalysisDate;
    private readonly PackedTime _firstSeen;
    private readonly PackedTime _retrievedAt;
    private readonly ResultOrigin _origin = ResultOrigin.Unknown;

    /// <summary>The canonical indicator; for input that is not one, the input itself.</summary>
    [OutsideSummary]
    public required string Indicator { get; init; }

    /// <summary>The type of the indicator; <see cref="IndicatorType.Unknown"/> for input that is not one.</summary>
    [OutsideSummary]
    public required IndicatorType Type
    {
        get => (IndicatorType)_type;
        init => _type = (byte)value;
    }

    /// <summary>
    /// The indicator, defanged (see <see cref="IocEnrich.Indicator.Defanged"/>); <see langword="null"/> for input that is not one.
    /// </summary>
    public string? Defanged => Type == IndicatorType.Unknown ? null : Defanger.Defang(Type, Indicator);

    /// <summary>The outcome: Found, NotFound, Skipped or Failed.</summary>
    [OutsideSummary]
    public required EnrichmentStatus Status
    {
        get => (EnrichmentStatus)_status;
        init => _status = (byte)value;
    }

    /// <summary>The verdict over all engines; <see cref="Verdict.Unknown"/> unless <see cref="Status"/> is Found.</summary>
    [OutsideSummary]
    public Verdict Verdict
    {
        get => (Verdict)_verdict;
        init => _verdict = (byte)value;
    }

    /// <summary>How many engines say malicious; <see langword="null"/> if no engine returned a verdict.</summary>
    public int? Malicious
    {
        get => _malicious;
        init => _malicious = value;
    }

    /// <summary>How many engines say suspicious; <see langword="null"/> if no engine returned a verdict.</summary>
    public int? Suspicious
    {
        get => _suspicious;
        init => _suspicious = value;
    }

    /// <summary>How many engines say harmless; <see langword="null"/> if no engine returned a verdict.</summary>
    public int? Harmless
    {
        get => _harmless;
        init => _harmless = value;
    }

    /// <summary>How many engines looked and found nothing; <see langword="null"/> if no engine returned a verdict.</summary>
    public int? Undetected
    {
        get => _undetected;
        init => _undetected = value;
    }

    /// <summary>
    /// How many engines returned a verdict: malicious, suspicious, harmless and undetected together. Time-outs, failures and unsupported
    /// types do not count. <see langword="null"/> if no engine returned a verdict.
    /// </summary>
    public int? Engines => Malicious + Suspicious + Harmless + Undetected;

    /// <summary>
    /// Malicious and suspicious engines, of all that returned a verdict, as in <c>45/72</c>; empty if no engine returned a verdict, so that
    /// "0 of 70" never looks like "not checked".
    /// </summary>
    public string Detections =>
        Engines is { } engines ? string.Create(CultureInfo.InvariantCulture, $"{Malicious + Suspicious}/{engines}") : "";

    /// <summary>The name that the service shows: a file's most telling name, a page's title.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The threat label that the service derives from the engines' names, such as <c>trojan.emotet/heur</c>; for URLs, the threat names.
    /// </summary>
    public string? ThreatLabel { get; init; }

    /// <summary>The tags that the service assigns, such as <c>peexe</c>.</summary>
    public TextList Tags { get; init; } = TextList.Empty;

    /// <summary>The categories that engines put a domain or URL in, each once.</summary>
    public TextList Categories { get; init; } = TextList.Empty;

    /// <summary>The community's score: negative is bad. <see langword="null"/> if there is none.</summary>
    public int? Reputation
    {
        get => _reputation;
        init => _reputation = value;
    }

    /// <summary>The time of the last analysis (UTC).</summary>
    public DateTimeOffset? LastAnalysisDate
    {
        get => _lastAnalysisDate;
        init => _lastAnalysisDate = value;
    }

    /// <summary>The first submission of a file or URL, or the registration of a domain (UTC).</summary>
    public DateTimeOffset? FirstSeen
    {
        get => _firstSeen;
        init => _firstSeen = value;
    }

    /// <summary>A file's type in words.</summary>
    public string? FileType { get; init; }

    /// <summary>A file's size in bytes.</summary>
    public long? Size
    {
        get => _size;
        init => _size = value;
    }

    /// <summary>A file's SHA-256, whichever hash was looked up.</summary>
    public string? Sha256 { get; init; }

    /// <summary>An address's country, as an ISO 3166 code of two letters.</summary>
    public string? Country { get; init; }

    /// <summary>The number of the autonomous system an address belongs to.</summary>
    public long? Asn
    {
        get => _asn;
        init => _asn = value;
    }

    /// <summary>The owner of that autonomous system.</summary>
    public string? AsOwner { get; init; }

    /// <summary>The network an address belongs to, in CIDR form.</summary>
    public string? Network { get; init; }

    /// <summary>The registrar of a domain, as the service names it.</summary>
    public string? Registrar { get; init; }

    /// <summary>The final address of a URL, after redirects.</summary>
    public string? FinalUrl { get; init; }

    /// <summary>The HTTP status of a URL's page.</summary>
    public int? HttpStatus
    {
        get => _httpStatus;
        init => _httpStatus = value;
    }

    /// <summary>The service's web page about the indicator; <see langword="null"/> unless <see cref="Status"/> is Found.</summary>
    public string? Link
    {
        get => LinkId is null ? LinkPage : LinkPage + LinkId;
        init => (LinkPage, LinkId) = (value, null);
    }

    /// <summary>
    /// Why the indicator was skipped or its lookup failed, or why a report with engine verdicts has no verdict, in a sentence; otherwise
    /// <see langword="null"/>.
    /// </summary>
    [OutsideSummary]
    public string? Reason { get; init; }

    /// <summary>The error; set if and only if <see cref="Status"/> is Failed.</summary>
    [OutsideSummary]
    public EnrichmentError? Error { get; init; }

    /// <summary>
    /// How many requests this job sent for it: 1; 2 if the lookup was retried; 0 if it was skipped or not looked up, came from the cache,
    /// or shared the request of another job.
    /// </summary>
    [OutsideSummary]
    public int Requests { get; init; }

    /// <summary>Whether the answer came from the cache, and cost no request.</summary>
    [OutsideSummary]
    public bool FromCache { get; init; }

    /// <summary>
    /// When the service gave the answer (UTC): an earlier time if <see cref="FromCache"/> is set; <see langword="null"/> if there is no
    /// answer.
    /// </summary>
    [OutsideSummary]
    public DateTimeOffset? RetrievedAt
    {
        get => _retrievedAt;
        init => _retrievedAt = value;
    }

    /// <summary>The service that gave the answer.</summary>
    [OutsideSummary]
    public string? Provider { get; init; }

    /// <summary>The original text of its first occurrence, without surrounding white space and comments; made safe to show.</summary>
    [OutsideSummary]
    public string? Input
    {
        get => _origin.Text;
        init => _origin = _origin with { Text = value };
    }

    /// <summary>The number of that text among all texts of the job's input, from 1.</summary>
    [OutsideSummary]
    public int Position
    {
        get => _origin.Position;
        init => _origin = _origin with { Position = value };
    }

    /// <summary>
    /// How many texts of the job's input contain this indicator. The count is that of the moment the result was received; it is final once
    /// the job's input is complete.
    /// </summary>
    [OutsideSummary]
    public int Occurrences
    {
        get => _origin.Occurrences;
        init => _origin = _origin with { Occurrences = value };
    }

    /// <summary>
    /// The file of the text, from Find-Ioc, Select-String or -Path; for a hash from Get-FileHash, the hashed file. <see langword="null"/>
    /// for any other input.
    /// </summary>
    [OutsideSummary]
    public string? InputPath
    {
        get => _origin.Path;
        init => _origin = _origin with { Path = value };
    }

    /// <summary>The line, from 1; <see langword="null"/> if the text did not come from a line.</summary>
    [OutsideSummary]
    public long? InputLine
    {
        get => _origin.Line;
        init => _origin = _origin with { Line = value };
    }

    /// <summary>
    /// The input object of the indicator: the row, the file, the event, or the text itself. If several objects contain this indicator, an
    /// array of the first hundred (<see cref="Occurrences"/> continues to count). It leads from a verdict back to the host and the alert.
    /// </summary>
    [OutsideSummary]
    public object? Source
    {
        get => _origin.Source ?? _origin.Text;
        init => _origin = _origin with { Source = value };
    }

    /// <summary>
    /// The service's whole report, if requested and available: as objects from a cmdlet, otherwise a <see cref="RawReport"/>. It is
    /// unchanged, so its texts are not safe to show on a terminal.
    /// </summary>
    [OutsideSummary]
    public object? Report { get; init; }

    /// <summary>
    /// Whether the job ended before this lookup began: the result is Failed, with the reason that ended the job, and no request was sent.
    /// </summary>
    public bool WasLeftOver() => Requests == 0 && Error?.Kind.EndsJob() == true;

    /// <summary>
    /// A copy whose texts no spreadsheet program treats as a formula: an apostrophe is put before <c>=</c>, <c>+</c>, <c>-</c> and <c>@</c>
    /// at the beginning. For a CSV file that will be opened in a spreadsheet program: <c>… | ForEach-Object ForSpreadsheet | Export-Csv
    /// …</c>. The result itself is unchanged.
    /// </summary>
    public EnrichmentResult ForSpreadsheet() => SpreadsheetText.Guard(this);

    /// <summary>The indicator and its outcome, for logs.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Indicator} ({Type}): {(Status == EnrichmentStatus.Found ? Verdict : Status)} {Detections}").TrimEnd();

    /// <summary>The beginning of <see cref="Link"/>, or all of it.</summary>
    internal string? LinkPage { get; init; }

    /// <summary>
    /// The end of <see cref="Link"/>, where it is a text that is there anyhow: the link is put together when somebody reads it.
    /// </summary>
    internal string? LinkId { get; init; }

    /// <summary>Where the indicator came from, and how often.</summary>
    internal ResultOrigin Origin
    {
        init => _origin = value;
    }
}
