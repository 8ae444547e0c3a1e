namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>RST at some point of the answer.</summary>
internal sealed record ResetFault(ResetPoint Point) : FaultAction
{
    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        byte[] head = exchange.Head();
        ReadOnlyMemory<byte> sent = Point switch
        {
            ResetPoint.InHeaders => head.AsMemory(0, head.Length / 2),
            ResetPoint.AfterHeaders => head,
            ResetPoint.InBody => (byte[])[.. head, .. exchange.Answer.Body.Span[..(exchange.Answer.Body.Length / 2)]],
            _ => default,
        };
        await exchange.SendRawAsync(sent);
        exchange.Reset();
        return 0;
    }
}
