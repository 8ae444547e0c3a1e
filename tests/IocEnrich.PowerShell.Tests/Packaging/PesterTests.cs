using System.Text.Json;

namespace IocEnrich.PowerShell.Tests.Packaging;

/// <summary>
/// The Pester suite, in the pinned pwsh, on the installed package: each test of it is a result here, once for each generation of Pester.
/// </summary>
public sealed class PesterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static IEnumerable<object[]> InPester6 => Run(BuildPlaces.Get("PesterVersion"));

    public static IEnumerable<object[]> InPester5 => Run(BuildPlaces.Get("Pester5Version"));

    [Theory]
    [MemberData(nameof(InPester6), DisableDiscoveryEnumeration = true)]
    public void Pester_6(PesterTest test) => test.AssertPassed();

    [Theory]
    [MemberData(nameof(InPester5), DisableDiscoveryEnumeration = true)]
    public void Pester_5(PesterTest test) => test.AssertPassed();

    private static IEnumerable<object[]> Run(string version)
    {
        OneAtATime.Wait();
        try
        {
            return Task.Run(() => RunAsync(version)).GetAwaiter().GetResult();
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task<IEnumerable<object[]>> RunAsync(string version)
    {
        string pester = BuildPlaces.PackageFile("Pester", version, "tools/Pester.psd1");
        Assert.True(File.Exists(pester), $"{pester} is missing: the tests run the Pester that dotnet restore fetches.");
        InstalledModule installed = new();
        await installed.InitializeAsync();
        try
        {
            string results = Path.Combine(installed.Home, "results.json");
            PwshResult run = await PwshProcess.RunAsync(
                [
                    "-File", Path.Combine(BuildPlaces.Repository, "tests", "Pester", "Invoke-Suite.ps1"), "-Configuration", BuildPlaces.Get("Configuration"),
                    "-PesterPath", pester, "-ModulePath", installed.Modules, "-ResultPath", results,
                ],
                Limit,
                installed.Environment);
            Assert.True(File.Exists(results), $"The Pester suite ended with {run.ExitCode} before it had results.\n{run.Output}\n{run.Error}");
            PesterTest[] tests = JsonSerializer.Deserialize<PesterTest[]>(await File.ReadAllTextAsync(results))!;
            Assert.True(tests.Length > 0 && (run.ExitCode == 0) == tests.All(static test => test.Result == "Passed"), $"The Pester suite ended with {run.ExitCode}.\n{run.Output}\n{run.Error}");
            return [.. tests.Select(static test => new object[] { test })];
        }
        finally
        {
            await installed.DisposeAsync();
        }
    }
}

/// <summary>A test of the Pester suite, and how it went.</summary>
/// <param name="Name">Its path: describe, context, it.</param>
/// <param name="Result">Passed, Failed, Skipped, NotRun, Inconclusive.</param>
/// <param name="Message">What it says where it did not pass.</param>
public sealed record PesterTest(string Name, string Result, string? Message)
{
    internal void AssertPassed() => Assert.True(Result == "Passed", $"{Name}: {Result}. {Message}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
