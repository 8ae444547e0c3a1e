using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Reflection;

namespace IocEnrich.Benchmarks.Work;

/// <summary>A real runspace, with the module that the build has staged.</summary>
internal sealed class ModuleRunspace : IDisposable
{
    internal const string Key = "a-key-for-the-benchmarks";

    private readonly Runspace _runspace;

    private ModuleRunspace(Runspace runspace) => _runspace = runspace;

    internal static string ModulePath { get; } = Path.Combine(
        typeof(ModuleRunspace).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static entry => entry.Key == "ModuleStagingDirectory").Value!,
        "IocEnrich.psd1");

    internal static ModuleRunspace Open(Uri endpoint)
    {
        ModuleRunspace session = OpenEmpty();
        session.Invoke($"Import-Module '{ModulePath}'");
        session.Set("To", new System.Collections.Hashtable
        {
            ["Endpoint"] = endpoint,
            ["ApiKey"] = new NetworkCredential("", Key).SecurePassword,
            ["RequestsPerMinute"] = 0,
            ["RequestsPerDay"] = 0,
        });
        return session;
    }

    internal static ModuleRunspace OpenEmpty()
    {
        Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        return new ModuleRunspace(runspace);
    }

    internal void Set(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Starts a job with a list, and receives its results as they come.</summary>
    /// <returns>How many results came.</returns>
    internal int Enrich(IEnumerable<string> texts, int throttleLimit, bool useStore = false)
    {
        Set("NoCache", !useStore);
        Set("Texts", texts);
        Set("ThrottleLimit", throttleLimit);
        return (int)Invoke(
            """
            $Texts | Start-IocEnrichment @To -ThrottleLimit $ThrottleLimit -NoCache:$NoCache |
                Receive-IocEnrichmentResult -Wait -AutoRemoveJob | & { begin { $n = 0 } process { $n++ } end { $n } }
            """).Single().BaseObject;
    }

    internal IList<PSObject> Invoke(string script)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        IList<PSObject> output = shell.AddScript(script).Invoke();
        return shell.Streams.Error.Count == 0
            ? output
            : throw new InvalidOperationException($"The script failed: {shell.Streams.Error[0]} ({shell.Streams.Error.Count} errors)");
    }

    public void Dispose() => _runspace.Dispose();
}
