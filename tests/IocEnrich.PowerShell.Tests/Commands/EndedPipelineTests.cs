using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>A later command of the pipeline has had enough.</summary>
public sealed class EndedPipelineTests : IAsyncLifetime
{
    private ModuleSession _session = null!;

    public async Task InitializeAsync()
    {
        _session = await ModuleSession.StartAsync();
        _session.Run("Import-Module -Assembly $Assembly", ("Assembly", typeof(SelectFirstCommand).Assembly));
    }

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("$taken = $job | Receive-IocEnrichmentResult -Wait | Select-First")]
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

/// <summary>
/// What Select-Object -First 1 does, which the engine alone has not. The exception with which it stops the commands before it belongs to
/// the engine's own.
/// </summary>
[Cmdlet(VerbsCommon.Select, "First")]
public sealed class SelectFirstCommand : PSCmdlet
{
    /// <summary>What comes.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        Type stop = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(stop, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [this], null)!;
    }
}
