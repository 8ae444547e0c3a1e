namespace IocEnrich.Engine.Documents.Encodings;

/// <summary>A stream whose beginning has been looked at, and is read all the same. It works for what cannot be rewound.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _stream;
    private readonly byte[] _beginning;
    private readonly int _length;
    private int _next;

    /// <summary>Looks at the beginning of a stream.</summary>
    /// <param name="stream">The stream; disposed with this one.</param>
    /// <param name="length">How many bytes are looked at, at most.</param>
    internal PeekedStream(Stream stream, int length)
    {
        _stream = stream;
        _beginning = new byte[length];
        _length = stream.ReadAtLeast(_beginning, length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes, which are read again with the rest.</summary>
    internal ReadOnlySpan<byte> Beginning => _beginning.AsSpan(0, _length);

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

    /// <summary>Passes over a byte order mark.</summary>
    internal void Skip(int count) => _next += count;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_next == _length)
        {
            return _stream.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _length - _next);
        _beginning.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
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
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
