using System.Globalization;
using System.Text;

namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>FIN in the middle of the body.</summary>
internal sealed record TruncateFault(bool Chunked) : FaultAction
{
    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        ReadOnlyMemory<byte> half = exchange.Answer.Body[..(exchange.Answer.Body.Length / 2)];
        byte[] head = exchange.Head(Chunked);

        // A whole chunk, and then neither another one nor the empty one that ends a body.
        string size = string.Create(CultureInfo.InvariantCulture, $"{half.Length:x}\r\n");
        byte[] body = Chunked ? [.. Encoding.ASCII.GetBytes(size), .. half.Span, .. "\r\n"u8] : half.ToArray();
        await exchange.SendRawAsync((byte[])[.. head, .. body]);
        await exchange.CloseAsync();
        return 0;
    }
}
