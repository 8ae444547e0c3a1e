using System.IO.Compression;
using System.Net.Http.Headers;

namespace IocEnrich.Engine.Http;

/// <summary>The body of an answer: decompressed as it is read, within limits, and kept in the compressed form where it is wanted.</summary>
internal sealed class AnswerBody : IAsyncDisposable
{
    private readonly WireStream _wire;
    private readonly Stream _text;
    private readonly BodyLimits _limits;
    private readonly bool _isGzip;
    private readonly bool _keep;

    private AnswerBody(Stream body, bool isGzip, bool keep, BodyLimits limits)
    {
        _wire = new WireStream(body, isGzip, keep, limits);
        _text = isGzip ? new GZipStream(_wire, CompressionMode.Decompress) : _wire;
        _limits = limits;
        _isGzip = isGzip;
        _keep = keep;
    }

    /// <summary>Opens the body of an answer.</summary>
    /// <exception cref="InvalidDataException">It is compressed in a way that nobody asked for.</exception>
    internal static async ValueTask<AnswerBody> OpenAsync(HttpResponseMessage response, bool keep, BodyLimits limits, CancellationToken cancellationToken)
    {
        bool isGzip = IsGzip(response);
        return new AnswerBody(await response.Content.ReadAsStreamAsync(cancellationToken), isGzip, keep, limits);
    }

    /// <summary>Reads the JSON to its end.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or not all of it is there.</exception>
    /// <exception cref="AnswerTooLargeException">It is larger than the limits.</exception>
    internal async ValueTask ReadAsync(IJsonTokenSink sink, CancellationToken cancellationToken)
    {
        long length = await JsonStream.ReadAsync(_text, sink, _limits.Text, cancellationToken, _isGzip ? _wire : null);
        if (_isGzip && !_wire.IsWhole(length))
        {
            throw new InvalidDataException("The compressed response is truncated, or followed by other data.");
        }
    }

    /// <summary>What was kept of a body that has been read to its end.</summary>
    internal RawReport? ToReport() => _keep ? new RawReport(_wire.TakeGzip()) : null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _text.DisposeAsync();

    private static bool IsGzip(HttpResponseMessage response)
    {
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out HeaderStringValues values))
        {
            return false;
        }

        string encoding = values.ToString().Trim();
        return encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
            || (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)
                ? false
                : throw new InvalidDataException("The response uses a compression that was not requested."));
    }
}
