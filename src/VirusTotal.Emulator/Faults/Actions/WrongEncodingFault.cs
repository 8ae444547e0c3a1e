using System.IO.Compression;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>Plain text under a header that says it is compressed.</summary>
internal sealed record WrongEncodingFault : FaultAction
{
    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        Answer plain = exchange.Answer;
        if (plain.IsGzip)
        {
            plain = plain with { Body = await ExpandAsync(exchange), IsGzip = false };
        }

        exchange.Context.Response.Headers.ContentEncoding = "gzip";
        await AnswerSender.SendAsync(exchange.Context, plain);
        return plain.Status;
    }

    private static async Task<byte[]> ExpandAsync(FaultyExchange exchange)
    {
        await using GZipStream expanding = new(new MemoryStream(exchange.Answer.Body.ToArray()), CompressionMode.Decompress);
        using MemoryStream expanded = new();
        await expanding.CopyToAsync(expanded, exchange.Aborted);
        return expanded.ToArray();
    }
}
