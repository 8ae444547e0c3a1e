using System.Diagnostics;

namespace IocEnrich.PowerShell.Tests.Packaging;

/// <summary><c>dotnet</c> in the repository, as somebody who packs or tries the module runs it.</summary>
internal static class DotnetCommand
{
    /// <summary>A package is made in half a minute on two cores that do nothing else.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs it to its end, and gives what it wrote.</summary>
    internal static async Task<string> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = BuildPlaces.Repository,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A node that stayed would keep the streams open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(Limit);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0 && (await error).Length == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}.\n{output}\n{await error}");
        return output;
    }
}
