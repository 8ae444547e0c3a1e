using VirusTotal.Emulator.Answers;

namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>A body that no reader should take in whole.</summary>
internal sealed record HugeBodyFault(long Bytes) : FaultAction
{
    public const long Smallest = 32;

    private static readonly byte[] Filling = [.. Enumerable.Repeat((byte)'a', 64 * 1024)];

    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        HttpResponse response = exchange.Context.Response;
        response.ContentType = Answer.Json;
        response.ContentLength = Bytes;
        ReadOnlyMemory<byte> start = "{\"data\":\""u8.ToArray();
        ReadOnlyMemory<byte> end = "\"}"u8.ToArray();
        await response.BodyWriter.WriteAsync(start, exchange.Aborted);
        for (long left = Bytes - start.Length - end.Length; left > 0;)
        {
            exchange.Aborted.ThrowIfCancellationRequested();
            int size = (int)Math.Min(left, Filling.Length);
            await response.BodyWriter.WriteAsync(Filling.AsMemory(0, size), exchange.Aborted);
            left -= size;
        }

        await response.BodyWriter.WriteAsync(end, exchange.Aborted);
        return response.StatusCode;
    }
}
