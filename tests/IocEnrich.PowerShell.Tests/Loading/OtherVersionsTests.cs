using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Loading;

/// <summary>
/// Another module that has loaded its own versions of the packages that ours brings, in a process of its own: what is loaded stays loaded.
/// </summary>
public sealed class OtherVersionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-other-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Another_modules_Polly_and_SQLite_do_ours_no_harm_and_ours_does_none_to_them()
    {
        await using EmulatorServer server = await TestServer.StartAsync();
        CopyTheirs();
        string script =
            $$"""
            $theirs = '{{_folder}}'
            'Polly.Core', 'SQLitePCLRaw.core', 'SQLitePCLRaw.provider.e_sqlite3', 'SQLitePCLRaw.batteries_v2', 'Microsoft.Data.Sqlite' |
                ForEach-Object { [void][Reflection.Assembly]::LoadFrom([IO.Path]::Combine($theirs, "$_.dll")) }
            function Use-Theirs {
                $connection = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=:memory:')
                $connection.Open()
                "their SQLite $($connection.ServerVersion) by $([Microsoft.Data.Sqlite.SqliteConnection].Assembly.GetName().Version), their Polly $([Polly.ResiliencePipeline].Assembly.GetName().Version)"
                $connection.Dispose()
            }
            Use-Theirs
            $key = [System.Net.NetworkCredential]::new('', 'a-key').SecurePassword
            1..2 | ForEach-Object { 'a.example.com' | Start-IocEnrichment -Endpoint '{{server.Endpoint}}' -ApiKey $key | Receive-IocEnrichmentResult -Wait } |
                ForEach-Object { "$($_.Status) $($_.FromCache)" }
            Use-Theirs
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'Polly.Core', 'Microsoft.Data.Sqlite' } |
                ForEach-Object { "$($_.GetName().Name) in $([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name)" }
            """;

        PwshResult result = await PwshProcess.RunAsync(script, ("IOCENRICH_CACHE", Path.Combine(_folder, "store.db")));

        Assert.Equal("", result.Error);
        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines[0], lines[3]);
        Assert.Matches(@"^their SQLite 3\.\d+\.\d+ by 11\.0\.0\.0, their Polly 8\.0\.0\.0$", lines[0]);
        Assert.Equal(["Found False", "Found True"], lines[1..3]);
        Assert.Equal(
            ["Microsoft.Data.Sqlite in Default", "Microsoft.Data.Sqlite in IocEnrich", "Polly.Core in Default", "Polly.Core in IocEnrich"],
            lines[4..].Order(StringComparer.Ordinal));
    }

    private void CopyTheirs()
    {
        Copy("Polly.Core", "8.4.2", "lib/net8.0/Polly.Core.dll");
        Copy("Microsoft.Data.Sqlite.Core", "11.0.0", "lib/net10.0/Microsoft.Data.Sqlite.dll");
        Copy("SQLitePCLRaw.core", "3.0.5", "lib/net8.0/SQLitePCLRaw.core.dll");
        Copy("SQLitePCLRaw.config.e_sqlite3", "3.0.5", "lib/net8.0/SQLitePCLRaw.batteries_v2.dll");
        Copy("SQLitePCLRaw.provider.e_sqlite3", "3.0.5", "lib/net8.0/SQLitePCLRaw.provider.e_sqlite3.dll");
        string library = OperatingSystem.IsWindows() ? "e_sqlite3.dll" : OperatingSystem.IsMacOS() ? "libe_sqlite3.dylib" : "libe_sqlite3.so";
        Copy("SQLite", "3.53.4", $"runtimes/{BuildPlaces.Platform}/native/{library}");
    }

    private void Copy(string package, string version, string path) =>
        File.Copy(BuildPlaces.PackageFile(package, version, path), Path.Combine(_folder, Path.GetFileName(path)));
}
