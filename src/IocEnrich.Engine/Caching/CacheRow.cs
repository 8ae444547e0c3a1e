using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>
/// Makes an answer of a row, and believes it only where the row is as it was written: its values and its key add up to what stands beside
/// them, and each is one that an answer can have. What is not believed is a miss: the indicator is asked again. Not thread-safe.
/// </summary>
internal sealed class CacheRow
{
    private readonly RowChecksum _checksum = new();
    private SqliteDataReader _row = null!;
    private int _column;
    private bool _isPlausible;

    /// <summary>Makes the answer of a row that <see cref="CacheColumns.Select"/> found.</summary>
    /// <param name="row">The row.</param>
    /// <param name="key">Which answer it is.</param>
    /// <param name="provider">Who gave it.</param>
    /// <param name="thresholds">What the opinions add up to.</param>
    /// <param name="withReport">Whether the row has the report.</param>
    /// <returns><see langword="null"/> where the row is not to be believed.</returns>
    internal CachedResult? Read(SqliteDataReader row, CacheKey key, string provider, VerdictThresholds thresholds, bool withReport)
    {
        (_row, _column, _isPlausible) = (row, 0, true);
        key.Begin(_checksum);
        EnrichmentResult result = ReadSummary(key, provider, thresholds);
        long checksum = _checksum.Finish();
        if (!_isPlausible || row.IsDBNull(_column) || row.GetInt64(_column) != checksum)
        {
            return null;
        }

        if (!withReport || row.IsDBNull(_column + 2))
        {
            return new CachedResult(result, null);
        }

        byte[] report = row.GetFieldValue<byte[]>(_column + 2);
        return !row.IsDBNull(_column + 1) && row.GetInt64(_column + 1) == RowChecksum.OfReport(checksum, report)
            ? new CachedResult(result, new RawReport(report))
            : null;
    }

    /// <summary>As texts are cleaned before they are kept. They were cut then, and are not cut again.</summary>
    internal static string Clean(string text) => DisplayText.Clean(text, int.MaxValue);

    private EnrichmentResult ReadSummary(CacheKey key, string provider, VerdictThresholds thresholds)
    {
        DateTimeOffset? retrievedAt = Time();
        EnrichmentStatus status = (EnrichmentStatus)(Int() ?? -1);
        DetectionCounts? detections = Detections();
        EnrichmentResult result = new()
        {
            Indicator = key.Indicator,
            Type = key.Type,
            RetrievedAt = retrievedAt,
            Status = status,
            Verdict = detections is { } opinions ? opinions.ToVerdict(thresholds) : Verdict.Unknown,
            Malicious = detections?.Malicious,
            Suspicious = detections?.Suspicious,
            Harmless = detections?.Harmless,
            Undetected = detections?.Undetected,
            Name = CleanText(),
            ThreatLabel = CleanText(),
            Tags = CacheColumns.Split(Text()),
            Categories = CacheColumns.Split(Text()),
            Reputation = Int(),
            LastAnalysisDate = Time(),
            FirstSeen = Time(),
            FileType = CleanText(),
            Size = Long(),
            Sha256 = CleanText(),
            Country = CleanText(),
            Asn = Long(),
            AsOwner = CleanText(),
            Network = CleanText(),
            Registrar = CleanText(),
            FinalUrl = CleanText(),
            HttpStatus = Int(),
            Link = CleanText(),
            Provider = provider,
            FromCache = true,
        };
        _isPlausible &= status is EnrichmentStatus.Found or EnrichmentStatus.NotFound && retrievedAt is not null;
        return result;
    }

    private DetectionCounts? Detections()
    {
        int? malicious = Int();
        DetectionCounts counts = new(malicious ?? 0, Int() ?? 0, Int() ?? 0, Int() ?? 0);

        // As many engines as there are fit many times over; their sum is an int.
        _isPlausible &= IsCount(counts.Malicious) && IsCount(counts.Suspicious) && IsCount(counts.Harmless) && IsCount(counts.Undetected);
        return malicious is null ? null : counts;

        static bool IsCount(int count) => count is >= 0 and < int.MaxValue / 4;
    }

    private string? Text()
    {
        string? text = _row.IsDBNull(_column) ? null : _row.GetString(_column);
        _column++;
        _checksum.Add(text);
        return text;
    }

    private string? CleanText() => Text() is { } text ? Clean(text) : null;

    private long? Long()
    {
        long? value = _row.IsDBNull(_column) ? null : _row.GetInt64(_column);
        _column++;
        _checksum.Add(value);
        return value;
    }

    private int? Int()
    {
        long? value = Long();
        _isPlausible &= value is null or (>= int.MinValue and <= int.MaxValue);
        return unchecked((int?)value);
    }

    private DateTimeOffset? Time()
    {
        long? value = Long();
        DateTimeOffset? time = value is { } milliseconds ? StoredTime.Read(milliseconds) : null;
        _isPlausible &= (value is null) == (time is null);
        return time;
    }
}
