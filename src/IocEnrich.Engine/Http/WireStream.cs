using System.Buffers.Binary;
using System.IO.Compression;

namespace IocEnrich.Engine.Http;

/// <summary>
/// Passes on a body as it comes from the wire, up to a limit, and keeps it compressed where it is wanted: one that comes compressed as it
/// is, because to compress it anew would cost more than all the rest of a lookup.
/// </summary>
/// <param name="isGzip">Whether it is compressed.</param>
/// <param name="keep">Whether it is kept.</param>
/// <param name="limits">How much may come, and be kept.</param>
internal sealed class WireStream(Stream source, bool isGzip, bool keep, BodyLimits limits) : Stream
{
    // A header of ten bytes, the CRC-32 and the length.
    private const int ShortestGzip = 18;

    // Most bodies fit. Nothing is held where nothing is kept.
    private byte[] _buffer = keep && isGzip ? BodyBuffer.Rent(16 * 1024) : [];
    private int _kept;
    private MemoryStream? _compressed;
    private GZipStream? _compressor;
    private ulong _end;

    /// <summary>How many bytes came.</summary>
    internal long Total { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What was kept: the body, compressed with gzip. Once, after it has been read to its end.</summary>
    internal byte[] TakeGzip()
    {
        if (isGzip)
        {
            return _buffer.AsSpan(0, _kept).ToArray();
        }

        _compressor?.Dispose();
        return _compressed?.ToArray() ?? [];
    }

    /// <summary>
    /// Whether a compressed body is there to its end, where the length of its text stands (RFC 1952). The framework takes one that is cut
    /// short for a whole one, and looks at the checksum only where that is there.
    /// </summary>
    /// <param name="textLength">How long the text was that came out of it.</param>
    internal bool IsWhole(long textLength) => Total >= ShortestGzip && (uint)(_end >> 32) == (uint)textLength;

    /// <summary>Whether a text may be as long as that, for what came so far.</summary>
    /// <param name="textLength">How long the text is so far.</param>
    /// <exception cref="AnswerTooLargeException">It is beyond the ratio of any real one.</exception>
    internal void CheckRatio(long textLength)
    {
        if (textLength > BodyLimits.AnyRatio && textLength > BodyLimits.Ratio * Total)
        {
            throw new AnswerTooLargeException(BodyLimits.AnyRatio);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await source.ReadAsync(buffer, cancellationToken);
        Take(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = source.Read(buffer, offset, count);
        Take(buffer.AsSpan(offset, read));
        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            GiveBack();
            _compressor?.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> read)
    {
        Total += read.Length;
        int most = isGzip ? limits.Compressed : limits.Text;
        if (Total > most)
        {
            throw new AnswerTooLargeException(most);
        }

        if (isGzip)
        {
            RememberEnd(read);
        }

        if (keep)
        {
            Keep(read);
        }
    }

    private void RememberEnd(ReadOnlySpan<byte> read)
    {
        if (read.Length >= sizeof(ulong))
        {
            _end = BinaryPrimitives.ReadUInt64LittleEndian(read[^sizeof(ulong)..]);
            return;
        }

        foreach (byte value in read)
        {
            _end = (_end >> 8) | ((ulong)value << 56);
        }
    }

    private void Keep(ReadOnlySpan<byte> read)
    {
        if (isGzip)
        {
            Grow(_kept + read.Length);
            read.CopyTo(_buffer.AsSpan(_kept));
            _kept += read.Length;
            return;
        }

        _compressor ??= new GZipStream(_compressed = new MemoryStream(), CompressionLevel.Fastest);
        _compressor.Write(read);
        if (_compressed!.Length > limits.Compressed)
        {
            throw new AnswerTooLargeException(limits.Compressed);
        }
    }

    private void Grow(int length)
    {
        if (length > _buffer.Length)
        {
            _buffer = BodyBuffer.Grow(_buffer, _kept, length);
        }
    }

    private void GiveBack()
    {
        if (_buffer.Length > 0)
        {
            BodyBuffer.Return(_buffer);
            _buffer = [];
            _kept = 0;
        }
    }
}
