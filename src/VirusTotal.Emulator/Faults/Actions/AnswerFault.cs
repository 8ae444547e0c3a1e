using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Http;

namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>Another answer in the place of the right one.</summary>
internal sealed record AnswerFault(Answer Answer, RetryAfter? RetryAfter) : FaultAction
{
    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        if (RetryAfter is not null)
        {
            exchange.Context.Response.Headers.RetryAfter = RetryAfter.At(exchange.Time.GetUtcNow());
        }

        await AnswerSender.SendAsync(exchange.Context, Answer);
        return Answer.Status;
    }
}
