using System.Diagnostics;
using VirusTotal.Emulator;
using VirusTotal.Emulator.CommandLine;

namespace IocEnrich.Benchmarks.Work;

/// <summary>The emulator in a process of its own, so that its work is not counted as ours. It ends with this one.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    internal const string ChildCommand = "emulator";

    private readonly Process _process;

    private EmulatorProcess(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    internal Uri Endpoint { get; }

    internal static async Task<EmulatorProcess> StartAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(EmulatorProcess).Assembly.Location, ChildCommand, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // As the emulator has it where it is a program of its own.
        start.Environment["DOTNET_gcServer"] = "1";
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The emulator did not start.");
        string endpoint = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator ended before it was ready.");
        return new EmulatorProcess(process, new Uri(endpoint));
    }

    /// <summary>Is the emulator, with timers that ring when they are due, until the standard input ends.</summary>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        EmulatorOptions options = EmulatorCommand.Parse(arguments).Options with { TimeProvider = new PunctualTimeProvider() };
        await using EmulatorServer server = await EmulatorServer.StartAsync(options);
        Console.WriteLine(server.Endpoint);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
