using System.Diagnostics;
using System.Text;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>How a run of pwsh ended, and what it wrote.</summary>
internal sealed record PwshResult(int ExitCode, string Output, string Error);

/// <summary>
/// The pinned pwsh in a process of its own, without a profile and with its three streams redirected. It finds the staged module on the
/// <c>PSModulePath</c>, and no other of that name.
/// </summary>
internal sealed class PwshProcess : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _timeLimit;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task<string> _error;

    private PwshProcess(ProcessStartInfo start, TimeSpan timeLimit)
    {
        _timeLimit = new CancellationTokenSource(timeLimit);
        _process = Signals.Start(start);
        _error = _process.StandardError.ReadToEndAsync(_timeLimit.Token);
    }

    /// <summary>The environment that every pwsh of the tests has.</summary>
    internal static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["PSModulePath"] = BuildPlaces.Modules,

        // Where a user's own modules lie: an installed IocEnrich would be found before the staged one.
        ["XDG_DATA_HOME"] = Path.Combine(OwnStore.Folder, "data"),
        ["POWERSHELL_UPDATECHECK"] = "Off",
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
    };

    internal int Id => _process.Id;

    /// <summary>Starts pwsh with nothing on standard input.</summary>
    internal static PwshProcess Start(params string[] arguments) => Start(arguments, environment: []);

    /// <summary>Starts pwsh with nothing on standard input.</summary>
    internal static PwshProcess Start(string[] arguments, params (string Name, string? Value)[] environment) =>
        Start(arguments, TimeLimit, environment);

    /// <summary>Runs a command to its end.</summary>
    internal static Task<PwshResult> RunAsync(string command, params (string Name, string? Value)[] environment) =>
        RunAsync(["-Command", command], environment);

    /// <summary>Runs pwsh to its end, with nothing on standard input.</summary>
    internal static Task<PwshResult> RunAsync(string[] arguments, params (string Name, string? Value)[] environment) =>
        RunAsync(arguments, TimeLimit, environment);

    /// <summary>Runs pwsh to its end, for longer than anything else in the tests takes.</summary>
    internal static async Task<PwshResult> RunAsync(string[] arguments, TimeSpan timeLimit, params (string Name, string? Value)[] environment)
    {
        using PwshProcess pwsh = Start(arguments, timeLimit, environment);
        return await pwsh.EndAsync();
    }

    private static PwshProcess Start(string[] arguments, TimeSpan timeLimit, (string Name, string? Value)[] environment)
    {
        PwshProcess pwsh = new(StartInfo(["-NonInteractive", .. arguments], environment), timeLimit);
        pwsh._process.StandardInput.Close();
        return pwsh;
    }

    private static ProcessStartInfo StartInfo(string[] arguments, (string Name, string? Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", [BuildPlaces.Pwsh, "-NoProfile", "-NoLogo", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // Redirected text without colours, as a script's log wants it; Screen has them.
        start.Environment["NO_COLOR"] = "1";
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Reads output until a line is there.</summary>
    internal async Task WaitForLineAsync(string expected)
    {
        while (await _process.StandardOutput.ReadLineAsync(_timeLimit.Token) is { } line)
        {
            _output.AppendLine(line);
            if (line == expected)
            {
                return;
            }
        }

        Assert.Fail($"pwsh ended before it wrote '{expected}'. It wrote: {_output} {await _error}");
    }

    /// <summary>Ends it as no program can prevent.</summary>
    internal void Kill() => _process.Kill(entireProcessTree: true);

    internal void Send(int signal) => Signals.Send(_process, signal);

    /// <summary>Waits for the end.</summary>
    internal async Task<PwshResult> EndAsync()
    {
        _output.Append(await _process.StandardOutput.ReadToEndAsync(_timeLimit.Token));
        await _process.WaitForExitAsync(_timeLimit.Token);
        return new PwshResult(_process.ExitCode, _output.ToString(), await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _timeLimit.Dispose();
    }
}
