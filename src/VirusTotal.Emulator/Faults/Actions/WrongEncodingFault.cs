using System.IO.Compression;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>Plain text under a header that says it is compressed.</summary>
internal sealed record WrongEncodingFault(string Encoding) : FaultAction
{
    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        Answer plain = exchange.Answer.IsGzip ? exchange.Answer with { Body = await ExpandAsync(exchange), IsGzip = false } : exchange.Answer;
        exchange.Context.Response.Headers.ContentEncoding = Encoding;
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
