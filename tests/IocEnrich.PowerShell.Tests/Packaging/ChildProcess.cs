using System.Diagnostics;
using System.Text.Json;

namespace IocEnrich.PowerShell.Tests.Packaging;

/// <summary>What packing and installing start: <c>dotnet</c>, and the pwsh that the tool manifest pins.</summary>
internal static class ChildProcess
{
    /// <summary>A package is made in half a minute on two cores that do nothing else.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs a script in pwsh, without a profile, and gives what it wrote.</summary>
    internal static Task<string> RunPwshAsync(string script, params (string Name, string? Value)[] environment) =>
        RunDotnetAsync([Pwsh(), "-NoProfile", "-NonInteractive", "-Command", script], environment);

    /// <summary>Runs <c>dotnet</c> to its end, and gives what it wrote.</summary>
    internal static async Task<string> RunDotnetAsync(IEnumerable<string> arguments, params (string Name, string? Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = BuildPlaces.Repository,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(Limit);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0 && (await error).Length == 0, $"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.\n{output}\n{await error}");
        return output;
    }

    private static string Pwsh()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(BuildPlaces.Repository, ".config", "dotnet-tools.json")));
        string version = manifest.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;
        string path = BuildPlaces.PackageFile("powershell", version, $"tools/net10.0/any/{(OperatingSystem.IsWindows() ? "win" : "unix")}/pwsh.dll");
        Assert.True(File.Exists(path), $"{path} is missing: the tests run the pwsh that dotnet restore fetches.");
        return path;
    }
}
