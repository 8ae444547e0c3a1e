using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>Writes answers as rows, each with the checksum of its values. Not thread-safe.</summary>
internal sealed class CacheRowWriter(SqliteConnection connection) : IDisposable
{
    private readonly PreparedStatement _replace = new(
        connection,
        "INSERT OR REPLACE INTO answers (service, type, indicator, retrieved_at, status, reader, summary, checksum, report_checksum, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    // Not in the place of an answer that came meanwhile. The row stays where it is: it is no younger for having been read again.
    private readonly PreparedStatement _refresh = new(
        connection,
        "UPDATE answers SET reader = ?, summary = ?, checksum = ?, report_checksum = ? WHERE service = ? AND type = ? AND indicator = ? AND retrieved_at = ? AND status = ?");

    private readonly SummaryJson _summary = new();
    private readonly RowChecksum _checksum = new();

    /// <summary>Writes one answer, in the place of an older one.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    internal void Replace(CacheKey key, CachedResult answer)
    {
        AddKey(_replace, key, answer);
        AddSummary(_replace, key, answer);
        _replace.Add(answer.Report?.Gzip);
        _replace.Execute();
    }

    /// <summary>Writes what a later version of the reader has read of a report that is in the store.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    internal void Refresh(CacheKey key, CachedResult answer)
    {
        AddSummary(_refresh, key, answer);
        AddKey(_refresh, key, answer);
        _refresh.Execute();
    }

    public void Dispose()
    {
        _replace.Dispose();
        _refresh.Dispose();
        _summary.Dispose();
    }

    private static void AddKey(PreparedStatement row, CacheKey key, CachedResult answer)
    {
        row.Add(key.Service.Id);
        row.Add((long)key.Type);
        row.Add(key.Indicator);
        row.Add(answer.Result.RetrievedAt?.ToUnixTimeMilliseconds());
        row.Add((long)answer.Result.Status);
    }

    private void AddSummary(PreparedStatement row, CacheKey key, CachedResult answer)
    {
        ReadOnlySpan<byte> summary = _summary.Write(answer.Result);
        long retrievedAt = answer.Result.RetrievedAt?.ToUnixTimeMilliseconds() ?? 0;
        long checksum = key.ChecksumOf(_checksum, retrievedAt, (long)answer.Result.Status, answer.ReaderVersion, summary);
        row.Add(answer.ReaderVersion);
        row.Add(summary);
        row.Add(checksum);
        row.Add(answer.Report is { } report ? RowChecksum.OfReport(checksum, report.Gzip) : null);
    }
}
