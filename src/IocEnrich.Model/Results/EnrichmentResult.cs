using System.Globalization;

namespace IocEnrich;

/// <summary>
/// What became of one indicator. Exactly one comes out of a job for each distinct indicator that went in. Immutable, flat, and with
/// names that make sense as columns of a CSV file.
/// </summary>
/// <remarks>
/// Texts that come from the service were written by whoever uploaded the sample: they are cleaned of control characters, escape
/// sequences and bidirectional overrides, and cut at a sane length, before they are put here (see <see cref="DisplayText"/>).
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

    /// <summary>The kind of indicator; <see cref="IndicatorType.Unknown"/> for input that is not one.</summary>
    [OutsideSummary]
    public required IndicatorType Type
    {
        get => (IndicatorType)_type;
        init => _type = (byte)value;
    }

    /// <summary>
    /// The indicator, written so that nobody reaches it by a click (see <see cref="IocEnrich.Indicator.Defanged"/>);
    /// <see langword="null"/> for input that is not one.
    /// </summary>
    public string? Defanged => Type == IndicatorType.Unknown ? null : Defanger.Defang(Type, Indicator);

    /// <summary>What became of it.</summary>
    [OutsideSummary]
    public required EnrichmentStatus Status
    {
        get => (EnrichmentStatus)_status;
        init => _status = (byte)value;
    }

    /// <summary>What the engines' opinions add up to; <see cref="Verdict.Unknown"/> unless <see cref="Status"/> is Found.</summary>
    [OutsideSummary]
    public Verdict Verdict
    {
        get => (Verdict)_verdict;
        init => _verdict = (byte)value;
    }

    /// <summary>How many engines call it malicious; <see langword="null"/> where no engine was heard.</summary>
    public int? Malicious
    {
        get => _malicious;
        init => _malicious = value;
    }

    /// <summary>How many engines call it suspicious; <see langword="null"/> where no engine was heard.</summary>
    public int? Suspicious
    {
        get => _suspicious;
        init => _suspicious = value;
    }

    /// <summary>How many engines call it harmless; <see langword="null"/> where no engine was heard.</summary>
    public int? Harmless
    {
        get => _harmless;
        init => _harmless = value;
    }

    /// <summary>How many engines looked and saw nothing; <see langword="null"/> where no engine was heard.</summary>
    public int? Undetected
    {
        get => _undetected;
        init => _undetected = value;
    }

    /// <summary>
    /// How many engines gave an opinion: malicious, suspicious, harmless and undetected together. Time-outs, failures and unsupported
    /// types are no opinions. <see langword="null"/> where no engine was heard.
    /// </summary>
    public int? Engines => Malicious + Suspicious + Harmless + Undetected;

    /// <summary>
    /// Malicious and suspicious engines of all that gave an opinion, as in <c>45/72</c>; empty where no engine was heard, so that
    /// "0 of 70" never looks like "not checked".
    /// </summary>
    public string Detections =>
        Engines is { } engines ? string.Create(CultureInfo.InvariantCulture, $"{Malicious + Suspicious}/{engines}") : "";

    /// <summary>The name the service shows: a file's most telling name, a page's title.</summary>
    public string? Name { get; init; }

    /// <summary>The threat label the engines' names add up to, such as <c>trojan.emotet/heur</c>; for URLs the threat names.</summary>
    public string? ThreatLabel { get; init; }

    /// <summary>The service's tags.</summary>
    public TextList Tags { get; init; } = TextList.Empty;

    /// <summary>The categories that engines put a domain or URL in, each once.</summary>
    public TextList Categories { get; init; } = TextList.Empty;

    /// <summary>The community's score: negative is bad. <see langword="null"/> where there is none.</summary>
    public int? Reputation
    {
        get => _reputation;
        init => _reputation = value;
    }

    /// <summary>When it was analysed last (UTC).</summary>
    public DateTimeOffset? LastAnalysisDate
    {
        get => _lastAnalysisDate;
        init => _lastAnalysisDate = value;
    }

    /// <summary>When the service first saw it (UTC): the first submission of a file or URL, the registration of a domain.</summary>
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

    /// <summary>A file's SHA-256, whichever hash was asked for.</summary>
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

    /// <summary>A domain's registrar.</summary>
    public string? Registrar { get; init; }

    /// <summary>Where a URL led in the end, after redirects.</summary>
    public string? FinalUrl { get; init; }

    /// <summary>The HTTP status that a URL's page answered with.</summary>
    public int? HttpStatus
    {
        get => _httpStatus;
        init => _httpStatus = value;
    }

    /// <summary>The service's page on it for people; <see langword="null"/> unless <see cref="Status"/> is Found.</summary>
    public string? Link
    {
        get => LinkId is null ? LinkPage : LinkPage + LinkId;
        init => (LinkPage, LinkId) = (value, null);
    }

    /// <summary>
    /// Why it was skipped or failed, or why a report has no verdict though engines were heard, in a sentence; <see langword="null"/>
    /// where there is an answer without a reservation.
    /// </summary>
    [OutsideSummary]
    public string? Reason { get; init; }

    /// <summary>What failed; set exactly where <see cref="Status"/> is Failed.</summary>
    [OutsideSummary]
    public EnrichmentError? Error { get; init; }

    /// <summary>
    /// How many requests this job sent for it: 1, 2 where the first failed in a way that could pass, or 0 where it was not asked, the
    /// answer was known already, or another job's request was in flight and gave the answer.
    /// </summary>
    [OutsideSummary]
    public int Requests { get; init; }

    /// <summary>Whether the answer was known already, from the store on disk, and cost no request.</summary>
    [OutsideSummary]
    public bool FromCache { get; init; }

    /// <summary>When the service gave the answer (UTC), which was earlier where <see cref="FromCache"/> is set; <see langword="null"/> where there is none.</summary>
    [OutsideSummary]
    public DateTimeOffset? RetrievedAt
    {
        get => _retrievedAt;
        init => _retrievedAt = value;
    }

    /// <summary>Who answered.</summary>
    [OutsideSummary]
    public string? Provider { get; init; }

    /// <summary>
    /// The text that was given for it, as it was typed where it came first, without the white space and the comment round it; made safe to
    /// show.
    /// </summary>
    [OutsideSummary]
    public string? Input
    {
        get => _origin.Text;
        init => _origin = _origin with { Text = value };
    }

    /// <summary>The number of that text among all that were given to the job, from 1.</summary>
    [OutsideSummary]
    public int Position
    {
        get => _origin.Position;
        init => _origin = _origin with { Position = value };
    }

    /// <summary>
    /// How many of the texts that were given to the job mean this indicator. A result may be received while others still arrive: the
    /// count is that of the moment it was received, and final from when the job's input was complete.
    /// </summary>
    [OutsideSummary]
    public int Occurrences
    {
        get => _origin.Occurrences;
        init => _origin = _origin with { Occurrences = value };
    }

    /// <summary>The file that the text stood in, as Find-Ioc, Select-String and -Path tell; of a hash from Get-FileHash, the file itself. <see langword="null"/> for any other input.</summary>
    [OutsideSummary]
    public string? InputPath
    {
        get => _origin.Path;
        init => _origin = _origin with { Path = value };
    }

    /// <summary>The line it was found at, from 1; <see langword="null"/> where it came from no line.</summary>
    [OutsideSummary]
    public long? InputLine
    {
        get => _origin.Line;
        init => _origin = _origin with { Line = value };
    }

    /// <summary>
    /// What the indicator came with: the row, the file, the event, as it was given; an array where several texts mean this indicator, of
    /// the first hundred (<see cref="Occurrences"/> counts on); the text itself where it came as a text. So a verdict leads back to the
    /// host and the alert.
    /// </summary>
    [OutsideSummary]
    public object? Source
    {
        get => _origin.Source ?? _origin.Text;
        init => _origin = _origin with { Source = value };
    }

    /// <summary>
    /// The service's whole report, where it was asked for and there is one: as objects where a cmdlet gives the result, else a
    /// <see cref="RawReport"/>. Untouched, so that its texts are not safe to show on a terminal.
    /// </summary>
    [OutsideSummary]
    public object? Report { get; init; }

    /// <summary>
    /// Whether it has no answer only because its job ended before its turn: it is Failed, for the reason that ended the job, and no request
    /// was sent for it.
    /// </summary>
    public bool WasLeftOver() => Requests == 0 && Error?.Kind.EndsJob() == true;

    /// <summary>
    /// A copy whose texts no spreadsheet program takes for a formula: where one begins with <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c>, an
    /// apostrophe stands before it. For a CSV file that will be opened in one: <c>… | ForEach-Object ForSpreadsheet | Export-Csv …</c>.
    /// The result itself tells what the service said, as it said it.
    /// </summary>
    public EnrichmentResult ForSpreadsheet() => SpreadsheetText.Guard(this);

    /// <summary>The indicator and what became of it, for logs.</summary>
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
