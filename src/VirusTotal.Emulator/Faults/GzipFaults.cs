using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults;

/// <summary>Bodies that are gzip by its rules, and decompress to nothing however much of them is read.</summary>
internal static class GzipFaults
{
    // More than anybody should read, and an end all the same.
    private const long Bytes = 1L << 30;

    private const int HasComment = 16;

    /// <summary>Blocks without any text.</summary>
    public static FaultAction Blocks { get; } = Endless(Gzip.Header, [0, 0, 0, 0xff, 0xff]);

    /// <summary>Members without any text.</summary>
    public static FaultAction Members { get; } = Endless([], [.. Gzip.Header, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>The comment in a header.</summary>
    public static FaultAction Comment { get; } = Endless([.. Gzip.Header[..3], HasComment, .. Gzip.Header[4..]], [(byte)'a']);

    /// <summary>The right body without the last eight bytes, its checksum and its length.</summary>
    public static async Task<int?> CutAsync(FaultyExchange exchange)
    {
        ReadOnlyMemory<byte> body = exchange.Answer.IsGzip ? exchange.Answer.Body : Gzip.Compress(exchange.Answer.Body.Span);
        return await exchange.SendAsync(new Answer(StatusCodes.Status200OK, body[..^8], IsGzip: true));
    }

    private static FaultAction Endless(byte[] start, byte[] unit) => async exchange =>
    {
        exchange.Context.Response.ContentType = Answer.Json;
        exchange.Context.Response.Headers.ContentEncoding = "gzip";
        await AnswerSender.WriteAsync(exchange.Context, start);
        byte[] piece = [.. Enumerable.Repeat(unit, 64 * 1024 / unit.Length).SelectMany(static one => one)];
        for (long sent = 0; sent < Bytes; sent += piece.Length)
        {
            await AnswerSender.WriteAsync(exchange.Context, piece);
        }

        return StatusCodes.Status200OK;
    };
}
