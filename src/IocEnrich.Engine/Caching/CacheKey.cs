using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>A service whose answers are kept.</summary>
/// <param name="Checksum">What its provider and endpoint add up to.</param>
internal readonly record struct StoredService(long Id, long Checksum);

/// <summary>Which answer: a service's, for one indicator.</summary>
/// <param name="Type">The indicator's type.</param>
internal readonly record struct CacheKey(StoredService Service, IndicatorType Type, string Indicator)
{
    /// <summary>The checksum of the row, of which the key is a part.</summary>
    internal long ChecksumOf(RowChecksum checksum, long retrievedAt, long status, long reader, ReadOnlySpan<byte> summary)
    {
        checksum.Begin(Service.Checksum);
        checksum.Add((long)Type);
        checksum.Add(Indicator);
        checksum.Add(retrievedAt);
        checksum.Add(status);
        checksum.Add(reader);
        checksum.Add(summary);
        return checksum.Finish();
    }
}
