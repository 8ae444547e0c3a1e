namespace IocEnrich.Engine.Documents.Mail;

/// <summary>
/// What a mail's structure is read from. The reader of MimeKit holds a header in memory until it ends, and a hostile one never does: so the
/// stream ends the reading when much was read of which nothing came.
/// </summary>
internal sealed class GuardedStream(Stream stream, CancellationToken cancellationToken) : Stream
{
    private long _sinceProgress;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => stream.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => stream.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    /// <summary>What was read has been understood.</summary>
    internal void HasProgressed() => _sinceProgress = 0;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int read = stream.Read(buffer, offset, count);
        _sinceProgress += read;
        return _sinceProgress <= MailLimits.HeaderLength ? read : throw new MailLimitException("it has a header that does not end");
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
