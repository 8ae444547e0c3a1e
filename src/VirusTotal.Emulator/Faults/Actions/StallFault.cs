namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>Silence before the headers.</summary>
internal sealed record StallFault(TimeSpan? Duration) : FaultAction
{
    internal override async Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        await Task.Delay(Duration ?? Timeout.InfiniteTimeSpan, exchange.Time, exchange.Aborted);
        return null;
    }
}
