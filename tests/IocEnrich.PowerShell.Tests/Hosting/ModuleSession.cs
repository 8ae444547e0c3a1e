using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>
/// A real runspace with the packaged module in it, and an emulator beside it. Scripts find the emulator in <c>$Endpoint</c>, a key that it
/// takes in <c>$Key</c>, and both, without
/// limits and without the store, as <c>@To</c>.
/// </summary>
internal sealed class ModuleSession : IAsyncDisposable
{
    /// <summary>Long enough for any machine; a test that needs it has failed.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private ModuleSession(EmulatorServer server, Runspace runspace)
    {
        Server = server;
        Runspace = runspace;
    }

    internal EmulatorServer Server { get; }

    internal Runspace Runspace { get; }

    /// <summary>The error records of the last script.</summary>
    internal IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The warnings of the last script.</summary>
    internal IReadOnlyList<string> Warnings { get; private set; } = [];

    internal static async Task<ModuleSession> StartAsync(EmulatorOptions? options = null)
    {
        EmulatorServer server = await TestServer.StartAsync(options);
        return new ModuleSession(server, OpenRunspace(server.Endpoint));
    }

    /// <summary>Another session in the same process, with the same service.</summary>
    internal ModuleSession Another() => new(Server, OpenRunspace(Server.Endpoint));

    internal Collection<PSObject> Run(string script, params (string Name, object? Value)[] variables)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(Runspace);
        foreach ((string name, object? value) in variables)
        {
            Runspace.SessionStateProxy.SetVariable(name, value);
        }

        shell.AddScript(script);
        try
        {
            return shell.Invoke();
        }
        finally
        {
            Errors = [.. shell.Streams.Error];
            Warnings = [.. shell.Streams.Warning.Select(static warning => warning.Message)];
        }
    }

    /// <summary>Runs a script that must end with a terminating error, and gives that error.</summary>
    internal ErrorRecord Fail(string script) =>
        Assert.ThrowsAny<RuntimeException>(() => Run($"try {{ {script} }} catch {{ throw }}")).ErrorRecord;

    /// <summary>Results, read by their properties: the test must not know the module's types.</summary>
    internal static string[] Lines(IEnumerable<PSObject> objects, params string[] properties) =>
        [.. objects.Select(item => string.Join(' ', properties.Select(property => item.Properties[property]?.Value))).Order(StringComparer.Ordinal)];

    internal Task RequestsAsync(Func<RequestLogView, bool> condition) =>
        Server.Requests.WaitForAsync(log => condition(new RequestLogView(log.InFlight, log.Total, log.Aborted))).WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        Runspace.Dispose();
        await Server.DisposeAsync();
    }

    private static Runspace OpenRunspace(Uri endpoint)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([BuildPlaces.Module]);
        state.ThrowOnRunspaceOpenError = true;
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        // A key of its own: another session's emulator may have had the same port, and what a key has asked there is counted.
        System.Security.SecureString key = new NetworkCredential("", $"a-key-for-the-tests-{Guid.NewGuid():N}").SecurePassword;
        runspace.SessionStateProxy.SetVariable("Endpoint", endpoint);
        runspace.SessionStateProxy.SetVariable("Key", key);
        runspace.SessionStateProxy.SetVariable("To", new System.Collections.Hashtable
        {
            ["Endpoint"] = endpoint,
            ["ApiKey"] = key,
            ["RequestsPerMinute"] = 0,
            ["RequestsPerDay"] = 0,
            ["NoCache"] = true,
        });
        return runspace;
    }
}

/// <summary>What a test waits for.</summary>
internal readonly record struct RequestLogView(int InFlight, long Total, long Aborted);
