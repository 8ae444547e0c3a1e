using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>One byte of the body at a time.</summary>
internal sealed record DripFault(TimeSpan Interval) : FaultAction
{
    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        AnswerSender.SetHead(exchange.Context.Response, exchange.Answer);
        for (int i = 0; i < exchange.Answer.Body.Length; i++)
        {
            await AnswerSender.WriteAsync(exchange.Context, exchange.Answer.Body.Slice(i, 1));
            await Task.Delay(Interval, exchange.Time, exchange.Aborted);
        }

        return exchange.Answer.Status;
    }
}
