using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

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
        await AnswerSender.WriteAsync(exchange.Context, start);
        for (long left = Bytes - start.Length - end.Length; left > 0;)
        {
            int size = (int)Math.Min(left, Filling.Length);
            await AnswerSender.WriteAsync(exchange.Context, Filling.AsMemory(0, size));
            left -= size;
        }

        await AnswerSender.WriteAsync(exchange.Context, end);
        return response.StatusCode;
    }
}
