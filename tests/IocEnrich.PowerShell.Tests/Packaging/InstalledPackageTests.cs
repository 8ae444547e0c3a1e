using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Packaging;

/// <summary>The package as a user has it: installed, in a session of its own.</summary>
public sealed class InstalledPackageTests(InstalledModule installed) : IClassFixture<InstalledModule>
{
    [Fact]
    public async Task An_installed_module_is_imported_by_its_name_in_a_fresh_process_and_looks_an_indicator_up_with_what_was_compiled_for_this_platform()
    {
        await using EmulatorServer server = await TestServer.StartAsync();
        string script =
            $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module IocEnrich
            (Get-Module IocEnrich).ModuleBase
            $key = ConvertTo-SecureString 'a-key' -AsPlainText -Force
            'a.example.com' | Start-IocEnrichment -Endpoint '{{server.Endpoint}}' -ApiKey $key | Receive-IocEnrichmentResult -Wait | ForEach-Object Status
            [AppDomain]::CurrentDomain.GetAssemblies().Location | Where-Object { $_ -like '*IocEnrich.Engine.dll' }
            """;

        string[] lines = (await PwshProcess.RunAsync(script, installed.Environment)).Output.ReplaceLineEndings("\n").Trim().Split('\n');

        string module = lines[0];
        Assert.StartsWith(installed.Home, module, StringComparison.Ordinal);
        Assert.Equal("Found", lines[1]);
        Assert.Equal(Path.Combine(module, "Dependencies", "runtimes", BuildPlaces.Platform, "lib", "IocEnrich.Engine.dll"), lines[2]);
    }

    [Fact]
    public async Task An_installed_module_brings_its_help_and_says_what_is_new()
    {
        string script =
            """
            $ErrorActionPreference = 'Stop'
            Import-Module IocEnrich
            (Get-Help Start-IocEnrichment).Synopsis
            (Get-Module IocEnrich).ReleaseNotes
            """;

        string output = (await PwshProcess.RunAsync(script, installed.Environment)).Output;

        Assert.StartsWith("Starts a background job that looks up indicators", output, StringComparison.Ordinal);
        Assert.Contains("### Added", output, StringComparison.Ordinal);
    }
}
