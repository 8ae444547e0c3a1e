using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>Writes answers as rows, each with what its values add up to. Not thread-safe.</summary>
internal sealed class CacheInsert(SqliteConnection connection) : IDisposable
{
    private readonly PreparedInsert _row = CacheColumns.Replace(connection);
    private readonly RowChecksum _checksum = new();

    /// <summary>Writes one answer, in the place of an older one.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    internal void Write(CacheKey key, CachedResult answer)
    {
        _row.Add(key.Service.Id);
        _row.Add((long)key.Type);
        _row.Add(key.Indicator);
        key.Begin(_checksum);
        AddSummary(answer.Result);
        long checksum = _checksum.Finish();
        byte[]? report = answer.Report?.Gzip;
        _row.Add(checksum);
        _row.Add(report is null ? null : RowChecksum.OfReport(checksum, report));
        _row.Add(report);
        _row.Execute();
    }

    public void Dispose() => _row.Dispose();

    // In the order of CacheColumns.Summary.
    private void AddSummary(EnrichmentResult result)
    {
        Add(result.RetrievedAt?.ToUnixTimeMilliseconds());
        Add((long)result.Status);
        Add(result.Malicious);
        Add(result.Suspicious);
        Add(result.Harmless);
        Add(result.Undetected);
        Add(result.Name);
        Add(result.ThreatLabel);
        Add(CacheColumns.Join(result.Tags));
        Add(CacheColumns.Join(result.Categories));
        Add(result.Reputation);
        Add(result.LastAnalysisDate?.ToUnixTimeMilliseconds());
        Add(result.FirstSeen?.ToUnixTimeMilliseconds());
        Add(result.FileType);
        Add(result.Size);
        Add(result.Sha256);
        Add(result.Country);
        Add(result.Asn);
        Add(result.AsOwner);
        Add(result.Network);
        Add(result.Registrar);
        Add(result.FinalUrl);
        Add(result.HttpStatus);
        Add(result.Link);
    }

    private void Add(long? value)
    {
        _row.Add(value);
        _checksum.Add(value);
    }

    private void Add(string? value)
    {
        _row.Add(value);
        _checksum.Add(value);
    }
}
