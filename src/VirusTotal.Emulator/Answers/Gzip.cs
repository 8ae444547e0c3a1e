using System.Buffers.Binary;
using System.IO.Compression;

namespace VirusTotal.Emulator.Answers;

/// <summary>
/// Puts gzip bodies together from parts. Deflate blocks can be strung together when each part ends on a byte (a sync flush), so the part
/// that is shared is compressed once and only the rest anew: about a third of the work for an indicator that is asked for the first time.
/// </summary>
internal static class Gzip
{
    private static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    // An empty last block, which says that the data ends here.
    private static readonly byte[] LastBlock = [3, 0];

    [ThreadStatic]
    private static MemoryStream? scratch;

    /// <summary>Compresses one part; blocks of it can stand between others.</summary>
    public static byte[] DeflatePart(ReadOnlySpan<byte> text, CompressionLevel level) => Deflate(text, level).ToArray();

    /// <summary>A whole gzip body of any bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> text) =>
        Join([], Deflate(text, CompressionLevel.Optimal), Crc32.Append(0, text), text.Length);

    /// <summary>A whole gzip body: the shared head, then the rest.</summary>
    public static byte[] Compress(ReportHead head, ReadOnlySpan<byte> rest) => Join(
        head.Deflated,
        Deflate(rest, CompressionLevel.Fastest),
        Crc32.Append(head.Checksum, rest),
        head.Text.Length + rest.Length);

    private static ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> text, CompressionLevel level)
    {
        MemoryStream output = scratch ??= new MemoryStream();
        output.SetLength(0);
        using DeflateStream deflate = new(output, level, leaveOpen: true);
        deflate.Write(text);
        deflate.Flush();

        // What the stream adds when it is disposed lies behind this span: the last block, which must not stand between parts.
        return output.GetBuffer().AsSpan(0, (int)output.Length);
    }

    private static byte[] Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, uint checksum, int length)
    {
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, checksum);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[4..], length);
        return [.. Header, .. first, .. second, .. LastBlock, .. trailer];
    }
}
