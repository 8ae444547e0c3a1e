namespace VirusTotal.Emulator.Faults.Actions;

/// <summary>Sends the client elsewhere; one that goes there with its key has lost it.</summary>
internal sealed record RedirectFault(Uri Location) : FaultAction
{
    internal override Task<int?> ApplyAsync(FaultyExchange exchange)
    {
        exchange.Context.Response.StatusCode = StatusCodes.Status302Found;
        exchange.Context.Response.Headers.Location = Location.OriginalString;
        exchange.Context.Response.ContentLength = 0;
        return Task.FromResult<int?>(StatusCodes.Status302Found);
    }
}
