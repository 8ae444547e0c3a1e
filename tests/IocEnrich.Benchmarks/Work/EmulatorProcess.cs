using System.Diagnostics;

namespace IocEnrich.Benchmarks.Work;

/// <summary>The emulator in a process of its own, so that its work is not counted as ours. It ends with this one.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private readonly Process _process;

    private EmulatorProcess(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    internal Uri Endpoint { get; }

    internal static async Task<EmulatorProcess> StartAsync(params string[] arguments)
    {
        // The build puts the program beside this one.
        string assembly = Path.Combine(AppContext.BaseDirectory, "VirusTotal.Emulator.dll");
        ProcessStartInfo start = new("dotnet", [assembly, "--exit-with-stdin", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The emulator did not start.");
        string endpoint = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator ended before it was ready.");
        return new EmulatorProcess(process, new Uri(endpoint));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
