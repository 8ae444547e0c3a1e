using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>A body that is gzip by its rules, and decompresses to nothing however much of it is read.</summary>
/// <param name="Kind">Of what there is so much.</param>
internal sealed record GzipFault(GzipFault.Of Kind) : FaultAction
{
    // More than anybody should read, and an end all the same.
    private const long Bytes = 1L << 30;

    private static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <summary>Of what there is so much.</summary>
    internal enum Of
    {
        /// <summary>Blocks without any text.</summary>
        Blocks,

        /// <summary>Members without any text.</summary>
        Members,

        /// <summary>The comment in a header.</summary>
        Comment,

        /// <summary>Nothing: it is the right body without the last eight bytes, its checksum and its length.</summary>
        Cut,
    }

    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        HttpResponse response = exchange.Context.Response;
        response.ContentType = Answer.Json;
        response.Headers.ContentEncoding = "gzip";
        if (Kind == Of.Cut)
        {
            ReadOnlyMemory<byte> body = exchange.Answer.IsGzip ? exchange.Answer.Body : Gzip.Compress(exchange.Answer.Body.Span);
            response.ContentLength = body.Length - 8;
            await AnswerSender.WriteAsync(exchange.Context, body[..^8]);
            return response.StatusCode;
        }

        if (Kind != Of.Members)
        {
            byte[] start = [.. Header];
            start[3] = (byte)(Kind == Of.Comment ? 16 : 0);
            await AnswerSender.WriteAsync(exchange.Context, start);
        }

        byte[] unit = Kind switch
        {
            Of.Blocks => [0, 0, 0, 0xff, 0xff],
            Of.Members => [.. Header, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            _ => [(byte)'a'],
        };
        byte[] piece = [.. Enumerable.Repeat(unit, 64 * 1024 / unit.Length).SelectMany(static one => one)];
        for (long sent = 0; sent < Bytes; sent += piece.Length)
        {
            await AnswerSender.WriteAsync(exchange.Context, piece);
        }

        return response.StatusCode;
    }
}
