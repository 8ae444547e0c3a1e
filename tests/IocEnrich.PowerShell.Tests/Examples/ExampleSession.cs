using System.Collections.ObjectModel;
using System.Management.Automation;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Examples;

/// <summary>
/// A session that runs the scripts of docs/examples as they are. What leads them to the emulator is <c>$PSDefaultParameterValues</c>.
/// </summary>
internal sealed class ExampleSession : IAsyncDisposable
{
    private ExampleSession(ModuleSession session, DirectoryInfo folder)
    {
        Session = session;
        Folder = folder;
    }

    internal static string ExamplesFolder => Path.Combine(BuildPlaces.Repository, "docs", "examples");

    internal ModuleSession Session { get; }

    internal EmulatorServer Server => Session.Server;

    /// <summary>A folder of its own, <c>$Folder</c> in scripts, which goes when the session does.</summary>
    internal DirectoryInfo Folder { get; }

    internal static async Task<ExampleSession> StartAsync(EmulatorOptions? options = null)
    {
        ModuleSession session = await ModuleSession.StartAsync(options);
        ExampleSession examples = new(session, Directory.CreateTempSubdirectory("IocEnrich.Examples."));
        session.Run(
            "$PSDefaultParameterValues = @{}; foreach ($name in $To.Keys) { $PSDefaultParameterValues[\"Start-IocEnrichment:$name\"] = $To[$name] }",
            ("Examples", ExamplesFolder),
            ("Folder", examples.Folder.FullName));
        return examples;
    }

    internal Collection<PSObject> Run(string script) => Session.Run(script);

    internal void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder.FullName, name), text);

    internal string Read(string name) => File.ReadAllText(Path.Combine(Folder.FullName, name));

    /// <summary>The names of the files there are, in order.</summary>
    internal string[] Files() => [.. Folder.GetFiles().Select(static file => file.Name).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        Folder.Delete(recursive: true);
    }
}
