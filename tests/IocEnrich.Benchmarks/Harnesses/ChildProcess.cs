using System.Diagnostics;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>This program once more, for what a process can be measured at only once.</summary>
internal static class ChildProcess
{
    internal static Task<string> ReadAsync(params string[] arguments) =>
        ReadAsync(new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, .. arguments]));

    internal static async Task<string> ReadAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}.");
    }
}
