using System.Globalization;
using System.Runtime.InteropServices;

namespace IocEnrich.Benchmarks.Measuring;

/// <summary>What a figure was measured on, and how busy it was: a figure without that says nothing.</summary>
internal static class Machine
{
    internal static void Describe()
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}, load {Load()}"));
        Console.WriteLine();
    }

    /// <summary>The processes that wanted a core in the last minute; on Linux only.</summary>
    internal static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
