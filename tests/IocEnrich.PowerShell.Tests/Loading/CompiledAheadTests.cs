using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Loading;

/// <summary>A module as the package has it, with the engine's assemblies in the platform's own folder, in a process of its own.</summary>
public sealed class CompiledAheadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-compiled-").FullName;

    private string Dependencies => Path.Combine(_folder, "IocEnrich", "Dependencies");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_compiled_for_this_platform_is_loaded_before_what_serves_all_and_what_was_not_is_loaded_from_there()
    {
        CopyModule();
        string compiled = Directory.CreateDirectory(Path.Combine(Dependencies, "runtimes", BuildPlaces.Platform, "lib")).FullName;
        foreach (string file in new[] { "IocEnrich.Engine.dll", "Polly.Core.dll" })
        {
            File.Copy(Path.Combine(Dependencies, file), Path.Combine(compiled, file));
        }

        string[] loaded = await LoadedAsync();

        Assert.Contains(Path.Combine(compiled, "IocEnrich.Engine.dll"), loaded);
        Assert.Contains(Path.Combine(compiled, "Polly.Core.dll"), loaded);
        Assert.Contains(Path.Combine(Dependencies, "Microsoft.Data.Sqlite.dll"), loaded);
    }

    private void CopyModule()
    {
        string staged = Path.GetDirectoryName(BuildPlaces.Module)!;
        foreach (string file in Directory.EnumerateFiles(staged, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, "IocEnrich", Path.GetRelativePath(staged, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Which of the engine's assemblies a job has loaded.</summary>
    private async Task<string[]> LoadedAsync()
    {
        await using EmulatorServer server = await TestServer.StartAsync();
        string script =
            $$"""
            $key = [System.Net.NetworkCredential]::new('', 'a-key').SecurePassword
            'a.example.com' | Start-IocEnrichment -Endpoint '{{server.Endpoint}}' -ApiKey $key | Receive-IocEnrichmentResult -Wait | ForEach-Object { "$($_.Status)" }
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name -eq 'IocEnrich' } |
                ForEach-Object Location
            """;
        PwshResult result = await PwshProcess.RunAsync(
            script,
            ("PSModulePath", _folder),
            ("IOCENRICH_CACHE", Path.Combine(_folder, "store.db")));
        Assert.Equal("", result.Error);
        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Found", lines[0]);
        return lines[1..];
    }
}
