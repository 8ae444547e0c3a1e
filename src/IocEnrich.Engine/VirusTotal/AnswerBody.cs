using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>
/// The body of an answer: decompressed as it is read, and, where it is wanted, kept in the compressed form in which it came. To compress
/// it anew would cost more than all the rest of a lookup.
/// </summary>
internal sealed class AnswerBody : IAsyncDisposable
{
    private readonly KeepingStream? _kept;
    private readonly bool _isGzip;

    private AnswerBody(Stream text, KeepingStream? kept, bool isGzip)
    {
        Text = text;
        _kept = kept;
        _isGzip = isGzip;
    }

    /// <summary>The JSON.</summary>
    internal Stream Text { get; }

    /// <summary>Opens the body of an answer.</summary>
    internal static async ValueTask<AnswerBody> OpenAsync(HttpResponseMessage response, bool keep, CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        KeepingStream? kept = keep ? new KeepingStream(body) : null;
        bool isGzip = response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out HeaderStringValues encoding)
            && encoding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase);
        Stream text = kept ?? body;
        return new AnswerBody(isGzip ? new GZipStream(text, CompressionMode.Decompress) : text, kept, isGzip);
    }

    /// <summary>What was kept of a body that has been read to its end.</summary>
    internal RawReport? ToReport() => _kept is null ? null : new RawReport(_isGzip ? _kept.Kept.ToArray() : Compress(_kept.Kept));

    public ValueTask DisposeAsync() => Text.DisposeAsync();

    private static byte[] Compress(ReadOnlySpan<byte> text)
    {
        MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return compressed.ToArray();
    }

    /// <summary>Passes on what is read, and keeps it.</summary>
    private sealed class KeepingStream(Stream source) : Stream
    {
        // Most bodies fit.
        private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        private int _length;

        internal ReadOnlySpan<byte> Kept => _buffer.AsSpan(0, _length);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await source.ReadAsync(buffer, cancellationToken);
            Keep(buffer.Span[..read]);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = source.Read(buffer, offset, count);
            Keep(buffer.AsSpan(offset, read));
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            GiveBack();
            await source.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                GiveBack();
                source.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Keep(ReadOnlySpan<byte> read)
        {
            if (_length + read.Length > _buffer.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + read.Length));
                _buffer.AsSpan(0, _length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }

            read.CopyTo(_buffer.AsSpan(_length));
            _length += read.Length;
        }

        private void GiveBack()
        {
            if (_buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = [];
                _length = 0;
            }
        }
    }
}
