using System.Collections.ObjectModel;
using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>A later command of the pipeline has had enough.</summary>
public sealed class EndedPipelineTests : IAsyncLifetime
{
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("$taken = $job | Receive-IocEnrichmentResult -Wait | Select-Object -First 1")]
    [InlineData("try { $job | Receive-IocEnrichmentResult -Wait | ForEach-Object { $taken = $_; throw 'enough' } } catch { }")]
    [InlineData("foreach ($once in 1) { $job | Receive-IocEnrichmentResult -Wait | ForEach-Object { $taken = $_; break } }")]
    public void What_it_took_has_been_received_and_the_rest_stays_in_the_job(string takeOne)
    {
        _session.Run("$job = 'a.example.com', 'b.example.com', 'c.example.com' | Start-IocEnrichment @To");

        Collection<PSObject> taken = _session.Run(takeOne + "; $taken");
        Collection<PSObject> rest = _session.Run("$job | Receive-IocEnrichmentResult -Wait");

        Assert.Single(taken);
        Assert.Equal(["a.example.com", "b.example.com", "c.example.com"], ModuleSession.Lines([.. taken, .. rest], "Indicator"));
    }
}
