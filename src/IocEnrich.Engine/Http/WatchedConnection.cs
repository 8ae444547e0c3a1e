namespace IocEnrich.Engine.Http;

/// <summary>A connection of the pool that knows whose request it carries; see <see cref="ConnectionUse"/>.</summary>
/// <param name="inner">The connection, in plain text.</param>
internal sealed class WatchedConnection(Stream inner) : Stream
{
    private ConnectionUse? _use;

    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The pool's way of making one, over HTTP/1.1. What asks a proxy for a tunnel carries no request of ours.</summary>
    internal static ValueTask<Stream> WatchAsync(SocketsHttpPlaintextStreamFilterContext connection, CancellationToken cancellationToken) => ValueTask.FromResult(
        connection.NegotiatedHttpVersion.Major >= 2 || connection.InitialRequestMessage.Method == HttpMethod.Connect
            ? connection.PlaintextStream
            : new WatchedConnection(connection.PlaintextStream));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ConnectionUse? use = ConnectionUse.Current;
        if (use is null || ReferenceEquals(use, _use))
        {
            return inner.WriteAsync(buffer, cancellationToken);
        }

        ConnectionUse? before = _use;
        _use = use;
        use.Take(this);
        return before is null ? inner.WriteAsync(buffer, cancellationToken) : WriteAfterAsync(before, buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask WriteAfterAsync(ConnectionUse before, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!await before.IsTrustedAsync(cancellationToken))
        {
            throw new ConnectionSpentException();
        }

        await inner.WriteAsync(buffer, cancellationToken);
    }
}
