using System.Diagnostics;
using System.Text;

namespace IocEnrich.PowerShell.Tests.Shell;

/// <summary>How a run of the shell ended, and what it wrote.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);

/// <summary>The built shell in a process of its own, with its three streams redirected.</summary>
internal sealed class ShellProcess : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _timeLimit = new(TimeLimit);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task<string> _error;

    private ShellProcess(ProcessStartInfo start)
    {
        _process = Signals.Start(start);
        _error = _process.StandardError.ReadToEndAsync(_timeLimit.Token);
    }

    /// <summary>What <c>dotnet</c> is to run. The shell is built beside the tests: the same configuration, the same framework.</summary>
    public static string AssemblyPath { get; } = FindAssembly();

    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>Starts the shell with nothing on standard input.</summary>
    public static ShellProcess Start(params string[] arguments) => Start(arguments, input: null, environment: []);

    /// <summary>Runs the shell to its end, with nothing on standard input.</summary>
    public static Task<ShellResult> RunAsync(params string[] arguments) => RunAsync(arguments, input: null, environment: []);

    /// <summary>Runs the shell to its end.</summary>
    public static async Task<ShellResult> RunAsync(string[] arguments, string? input, params (string Name, string Value)[] environment)
    {
        using ShellProcess shell = Start(arguments, input, environment);
        return await shell.EndAsync();
    }

    /// <summary>Reads output until a line is there.</summary>
    public async Task WaitForLineAsync(string expected)
    {
        while (await _process.StandardOutput.ReadLineAsync(_timeLimit.Token) is { } line)
        {
            _output.AppendLine(line);
            if (line == expected)
            {
                return;
            }
        }

        Assert.Fail($"The shell ended before it wrote '{expected}'. It wrote: {_output} {await _error}");
    }

    /// <summary>Ends it as no program can prevent.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Send(int signal) => Signals.Send(_process, signal);

    /// <summary>Waits for the end.</summary>
    public async Task<ShellResult> EndAsync()
    {
        _output.Append(await _process.StandardOutput.ReadToEndAsync(_timeLimit.Token));
        await _process.WaitForExitAsync(_timeLimit.Token);
        return new ShellResult(_process.ExitCode, _output.ToString(), await _error);
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

    /// <summary>Starts the shell.</summary>
    public static ShellProcess Start(string[] arguments, string? input, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", [AssemblyPath, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        ShellProcess shell = new(start);
        shell._process.StandardInput.Write(input);
        shell._process.StandardInput.Close();
        return shell;
    }

    private static string FindAssembly()
    {
        // …/tests/<project>/bin/<configuration>/<framework>/
        string framework = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string configuration = Path.GetFileName(Path.GetDirectoryName(framework)!);
        return Path.Combine(
            FindRepositoryRoot(), "src", "IocEnrich.Shell", "bin", configuration, Path.GetFileName(framework), "IocEnrich.Shell.dll");
    }

    private static string FindRepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IocEnrich.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run from a clone of the repository.");
    }
}
