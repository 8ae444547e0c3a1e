using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace VirusTotal.Emulator.Answers;

/// <summary>
/// Puts gzip bodies together from parts. Deflate blocks can be strung together when each part ends on a byte (a sync flush), so the part
/// that is shared is compressed once and only the rest anew: about a third of the work for an indicator that is asked for the first time.
/// </summary>
internal static class Gzip
{
    /// <summary>A header without any option.</summary>
    public static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    // An empty last block, which says that the data ends here.
    private static readonly byte[] LastBlock = [3, 0];

    [ThreadStatic]
    private static MemoryStream? scratch;

    /// <summary>A whole gzip body of any bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> text) => new Head([]).Compress(text, CompressionLevel.Optimal);

    public static byte[] Expand(ReadOnlyMemory<byte> gzip)
    {
        using GZipStream expanding = new(new MemoryStream(gzip.ToArray()), CompressionMode.Decompress);
        using MemoryStream expanded = new();
        expanding.CopyTo(expanded);
        return expanded.ToArray();
    }

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

    /// <summary>The beginning that many bodies share, compressed and summed once.</summary>
    internal sealed class Head(byte[] text)
    {
        private readonly byte[] _deflated = Deflate(text, CompressionLevel.Optimal).ToArray();
        private readonly Crc32 _checksum = Sum(new Crc32(), text);

        public ReadOnlySpan<byte> Text => text;

        /// <summary>A whole gzip body: this head, then the rest.</summary>
        public byte[] Compress(ReadOnlySpan<byte> rest, CompressionLevel level)
        {
            Span<byte> trailer = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(trailer, Sum(_checksum.Clone(), rest).GetCurrentHashAsUInt32());
            BinaryPrimitives.WriteInt32LittleEndian(trailer[4..], text.Length + rest.Length);
            return [.. Header, .. _deflated, .. Deflate(rest, level), .. LastBlock, .. trailer];
        }

        private static Crc32 Sum(Crc32 checksum, ReadOnlySpan<byte> bytes)
        {
            checksum.Append(bytes);
            return checksum;
        }
    }
}
