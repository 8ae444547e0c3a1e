using VirusTotal.Emulator;

namespace IocEnrich.Shell;

/// <summary>
/// The example of the README, end to end, with no key and no network. The only file that knows the emulator: a method that mentions it
/// makes the runtime load ASP.NET Core, which <c>-Command</c> and <c>-File</c> have no use for.
/// </summary>
internal static class QuickStart
{
    /// <summary>As a lookup takes on the real service, so that progress can be seen.</summary>
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);

    /// <summary>Runs the example against an emulator of its own.</summary>
    public static async Task<int> RunAsync(ShellSession session)
    {
        string script = BuildPaths.FindInRepository(Path.Combine("docs", "examples", "quickstart.ps1"));
        string indicators = BuildPaths.FindInRepository(Path.Combine("docs", "examples", "iocs.txt"));

        // What an emulator says is not for the user's store.
        DirectoryInfo store = Directory.CreateTempSubdirectory("iocenrich-quickstart-");
        Environment.SetEnvironmentVariable("IOCENRICH_CACHE", store.FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TryDelete(store);

        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { Latency = Latency });
        string endpoint = server.Endpoint.AbsoluteUri;
        session.SetVariable("Endpoint", endpoint);
        return session.RunFile(script, ["-Endpoint", endpoint, "-Path", indicators]);
    }

    private static void TryDelete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Windows does not delete what is still open; its folder for temporary files is emptied by itself.
        }
    }
}
