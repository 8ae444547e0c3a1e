using System.IO.Compression;

namespace IocEnrich;

/// <summary>
/// A service's whole response, as it was sent: JSON in UTF-8, stored compressed. It is not sanitized: its texts were written by whoever
/// uploaded the sample, and are not safe to show on a terminal.
/// </summary>
public sealed class RawReport
{
    private readonly byte[] _gzip;

    /// <param name="gzip">The JSON, compressed with gzip. It must not change any more.</param>
    public RawReport(byte[] gzip)
    {
        ArgumentNullException.ThrowIfNull(gzip);
        _gzip = gzip;
    }

    /// <summary>How long the compressed JSON is, in bytes.</summary>
    public int CompressedLength => _gzip.Length;

    /// <summary>The JSON, compressed with gzip. It must not be changed.</summary>
    internal byte[] Gzip => _gzip;

    /// <summary>Opens the JSON, decompressed.</summary>
    /// <exception cref="InvalidDataException">While it is read: what was kept is damaged.</exception>
    public Stream OpenRead() => new GZipStream(new MemoryStream(_gzip, writable: false), CompressionMode.Decompress);

    /// <summary>The size; never the text.</summary>
    public override string ToString() => $"Report of {_gzip.Length} bytes, compressed";
}
