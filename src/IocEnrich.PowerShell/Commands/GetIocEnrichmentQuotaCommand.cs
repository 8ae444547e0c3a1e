using System.Management.Automation;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Sqlite;
using IocEnrich.PowerShell.Jobs;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Shows the quota of the key and its use: as VirusTotal reports it, by hour, day and month, and as counted on this machine. With -Count,
/// estimates how long a list takes.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IocEnrichmentQuota")]
[OutputType(typeof(EnrichmentQuota))]
public sealed class GetIocEnrichmentQuotaCommand : ProviderCommand, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The number of indicators for the estimate: 1 to 100000000. Each counts as one request.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 100_000_000)]
    public int? Count { get; set; }

    /// <summary>The limit for the estimate: requests in any 60 seconds; 4 by default, 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>The limit for the estimate: requests in a day (UTC); 500 by default, 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? RequestsPerDay { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Uri endpoint = ReadEndpoint();
        ProxySettings? proxy = ReadProxy(endpoint);
        ProviderSettings settings = ReadSettings(endpoint);
        QuotaLimits limits = new()
        {
            RequestsPerMinute = RequestsPerMinute ?? Options.Get(SessionOptions.RequestsPerMinute),
            RequestsPerDay = RequestsPerDay ?? Options.Get(SessionOptions.RequestsPerDay),
        };

        // Nothing of the request is written to a stream: the key stands in its address.
        IQuotaReader? reader = Provider.ConnectQuota(HttpPools.For(endpoint, proxy), settings);
        try
        {
            Write(QuotaReport.ReadAsync(FindAccount(settings), endpoint.Host, reader, limits, Count, _stop.Token).GetAwaiter().GetResult());
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Ctrl+C: PowerShell says so itself.
        }
    }

    /// <summary>Ctrl+C cancels the request.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <summary>What is counted here: with what other processes have used, where the ledger can be read.</summary>
    private KeyContext FindAccount(ProviderSettings settings)
    {
        try
        {
            return SessionStore.Use(this, store => KeyContexts.Of(settings.Endpoint, settings.ApiKey, store));
        }
        catch (StoreUnusableException unusable)
        {
            WriteWarning($"{unusable.Message} Requests of other processes are not counted.");
            return KeyContexts.Of(settings.Endpoint, settings.ApiKey);
        }
    }

    private void Write(QuotaReport report)
    {
        WriteObject(report.Quota);
        if (report.Error is not null)
        {
            WriteError(EnrichmentErrorRecord.Of(report.Quota, report.Error));
        }

        if (report.LedgerProblem is not null)
        {
            WriteWarning(DisplayText.Clean(report.LedgerProblem, DisplayText.MaxMessageLength));
        }
    }
}
