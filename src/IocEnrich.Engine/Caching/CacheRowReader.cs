using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>
/// Finds the row of an answer, and believes it only where it is as it was written: its checksum fits its key and its values, and each value
/// is one that an answer can have. What is not believed is a miss: the indicator is looked up again. One connection; not thread-safe.
/// </summary>
internal sealed class CacheRowReader(SqliteConnection connection) : IDisposable
{
    private const int RetrievedAt = 0;
    private const int Status = 1;
    private const int Reader = 2;
    private const int Summary = 3;
    private const int Checksum = 4;
    private const int ReportChecksum = 5;
    private const int Report = 6;

    // Twice as many engines as there are fit many times over; the sum of four counts is an int.
    private const int MostEngines = int.MaxValue / 4;

    private readonly PreparedStatement _plain = Select(connection, "");
    private readonly PreparedStatement _withReport = Select(connection, ", report");
    private readonly RowChecksum _checksum = new();

    /// <summary>Finds an answer; one that is not to be believed is none.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    internal CachedResult? Find(CacheKey key, CacheTerms terms) => Find(terms.WithReport ? _withReport : _plain, key, terms);

    public void Dispose()
    {
        _plain.Dispose();
        _withReport.Dispose();
        connection.Dispose();
    }

    private static PreparedStatement Select(SqliteConnection connection, string report) => new(
        connection,
        $"SELECT retrieved_at, status, reader, summary, checksum, report_checksum{report} FROM answers WHERE service = ? AND type = ? AND indicator = ?");

    private CachedResult? Find(PreparedStatement row, CacheKey key, CacheTerms terms)
    {
        bool needsReport;
        row.Add(key.Service.Id);
        row.Add((long)key.Type);
        row.Add(key.Indicator);
        try
        {
            if (!row.Read())
            {
                return null;
            }

            needsReport = row == _plain && row.Long(Reader) < terms.Provider.ReaderVersion && !row.IsNull(ReportChecksum);
            if (!needsReport)
            {
                return Read(row, key, terms);
            }
        }
        finally
        {
            row.Reset();
        }

        // An earlier version of the reader has made the summary: this one reads the report itself.
        return Find(_withReport, key, terms);
    }

    private CachedResult? Read(PreparedStatement row, CacheKey key, CacheTerms terms)
    {
        long retrievedAt = row.Long(RetrievedAt);
        long status = row.Long(Status);
        long reader = row.Long(Reader);
        ReadOnlySpan<byte> summary = row.Blob(Summary);
        long checksum = key.ChecksumOf(_checksum, retrievedAt, status, reader, summary);
        if (row.IsNull(Checksum) || row.Long(Checksum) != checksum)
        {
            return null;
        }

        EnrichmentResult result = new()
        {
            Indicator = key.Indicator,
            Type = key.Type,
            RetrievedAt = StoredTime.Read(retrievedAt),
            Status = (EnrichmentStatus)status,
            Provider = terms.Provider.Name,
            FromCache = true,
        };
        if (status is not ((long)EnrichmentStatus.Found or (long)EnrichmentStatus.NotFound) || result.RetrievedAt is null || reader is < 1 or > int.MaxValue
            || !SummaryJson.TryRead(summary, result) || !HasPlausibleCounts(result))
        {
            return null;
        }

        ResultProperty.SetVerdict(result, terms.Provider.Judge(result, terms.Thresholds));
        RawReport? report = null;
        if (row == _withReport && !row.IsNull(Report))
        {
            ReadOnlySpan<byte> gzip = row.Blob(Report);
            if (row.IsNull(ReportChecksum) || row.Long(ReportChecksum) != RowChecksum.OfReport(checksum, gzip))
            {
                return null;
            }

            report = new RawReport(gzip.ToArray());
        }

        return new CachedResult(result, report, (int)reader);
    }

    private static bool HasPlausibleCounts(EnrichmentResult result) =>
        IsCount(result.Malicious) && IsCount(result.Suspicious) && IsCount(result.Harmless) && IsCount(result.Undetected);

    private static bool IsCount(int? count) => count is null or (>= 0 and < MostEngines);
}
