namespace IocEnrich.PowerShell.Tests.Input;

/// <summary>What goes in, and all that comes out: results and errors.</summary>
public abstract class InputTestBase : IAsyncLifetime
{
    protected const string Md5 = "44d88612fea8a8f36de82e1278abb02f";
    protected const string Sha1 = "3395856ce81f2b7382dee72602f798b642f14140";
    protected const string Sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";

    private protected ModuleSession Session { get; private set; } = null!;

    public async Task InitializeAsync() => Session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await Session.DisposeAsync();

    /// <summary>The indicators that a script's output gives, sorted.</summary>
    private protected string[] Indicators(string script, params (string Name, object? Value)[] variables) =>
        ModuleSession.Lines(Session.Run($"& {{ {script} }} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait", variables), "Indicator");

    /// <summary>The ids of the errors of the last script.</summary>
    private protected string[] ErrorIds => [.. Session.Errors.Select(static error => error.FullyQualifiedErrorId.Split(',')[0])];

    private protected string Message => Assert.Single(Session.Errors).Exception.Message;
}
