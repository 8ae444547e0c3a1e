using System.Text.Json;

namespace IocEnrich.Engine.Http;

/// <summary>Takes the tokens of a JSON text, one after the other.</summary>
internal interface IJsonTokenSink
{
    /// <summary>One token. The reader stands on it and must not be moved.</summary>
    void OnToken(ref Utf8JsonReader json);

    /// <summary>How lines begin that hold one member which is passed over wherever it stands; see <see cref="JsonLines"/>.</summary>
    ReadOnlySpan<ulong> UnreadLines => [];
}

/// <summary>Reads JSON from a stream in pieces. Never more is held than one piece, or one token where that is longer.</summary>
internal static class JsonStream
{
    private const int PieceSize = 16 * 1024;

    // The longest token of a real report, a whois record, has some ten thousand bytes.
    private const int MaxTokenSize = 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>Reads to the end of the stream.</summary>
    /// <param name="sink">Who takes the tokens.</param>
    /// <param name="maxBytes">How long the text may be.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <param name="wire">What it comes from compressed: after each piece it says whether the text may be so long.</param>
    /// <returns>How long the text was, in bytes.</returns>
    /// <exception cref="JsonException">The text is not JSON, ends too early, or something follows it.</exception>
    /// <exception cref="AnswerTooLargeException">The text is longer than <paramref name="maxBytes"/>, or one token of it than any real one.</exception>
    internal static async ValueTask<long> ReadAsync(
        Stream stream, IJsonTokenSink sink, int maxBytes, CancellationToken cancellationToken, WireStream? wire = null)
    {
        byte[] buffer = BodyBuffer.Rent(PieceSize);
        try
        {
            JsonReaderState state = new(Options);
            int held = 0;
            long total = 0;
            bool atEnd = false;
            while (!atEnd)
            {
                if (held == buffer.Length)
                {
                    buffer = Grow(buffer);
                }

                int read = await stream.ReadAsync(buffer.AsMemory(held), cancellationToken);
                atEnd = read == 0;
                total += read;
                if (total > maxBytes)
                {
                    throw new AnswerTooLargeException(maxBytes);
                }

                wire?.CheckRatio(total);
                held += JsonLines.Thin(buffer.AsSpan(held, read), sink.UnreadLines);
                int used = Consume(buffer.AsSpan(0, held), atEnd, ref state, sink);
                held -= used;
                buffer.AsSpan(used, held).CopyTo(buffer);
            }

            return total;
        }
        finally
        {
            BodyBuffer.Return(buffer);
        }
    }

    /// <summary>Reads a report that was kept. It is in memory: nothing is waited for.</summary>
    /// <returns>Whether it could be read to its end.</returns>
    internal static bool TryRead(RawReport report, IJsonTokenSink sink)
    {
        try
        {
            using Stream json = report.OpenRead();
            ReadAsync(json, sink, BodyLimits.MaxAnswerBytes, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or AnswerTooLargeException)
        {
            return false;
        }
    }

    private static int Consume(ReadOnlySpan<byte> piece, bool isLast, ref JsonReaderState state, IJsonTokenSink sink)
    {
        Utf8JsonReader json = new(piece, isLast, state);
        while (json.Read())
        {
            sink.OnToken(ref json);
        }

        state = json.CurrentState;
        return (int)json.BytesConsumed;
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= MaxTokenSize)
        {
            throw new AnswerTooLargeException(MaxTokenSize);
        }

        return BodyBuffer.Grow(buffer, buffer.Length, buffer.Length * 2);
    }
}
