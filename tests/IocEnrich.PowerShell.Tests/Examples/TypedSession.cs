using System.Diagnostics;
using System.Text;
using IocEnrich.PowerShell.Tests.Shell;

namespace IocEnrich.PowerShell.Tests.Examples;

/// <summary>The interactive shell in a process of its own, in the repository's folder, with somebody who waits for each answer.</summary>
internal sealed class TypedSession : IDisposable
{
    // On both streams, so that what belongs to a command is known on either.
    private const string Mark = "<ready>";
    private const string MarkingPrompt = $$"""function prompt { [Console]::Error.Write('{{Mark}}'); '{{Mark}}' }""";

    private readonly CancellationTokenSource _timeLimit = new(TimeSpan.FromMinutes(2));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("IocEnrich.Session.");
    private readonly Process _process;
    private bool _isMarking;

    private TypedSession()
    {
        ProcessStartInfo start = new("dotnet", [ShellProcess.AssemblyPath, "-Interactive", "-NoLogo"])
        {
            WorkingDirectory = BuildPlaces.Repository,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["IOCENRICH_CACHE"] = Path.Combine(_folder.FullName, "cache.db");
        _process = Process.Start(start)!;
    }

    internal static TypedSession Start() => new();

    /// <summary>Types a line, and gives what was shown until the next prompt: the output, and then the errors.</summary>
    internal async Task<string> TypeAsync(string line)
    {
        if (!_isMarking)
        {
            _isMarking = true;
            await ExchangeAsync(MarkingPrompt);
        }

        return await ExchangeAsync(line);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _timeLimit.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<string> ExchangeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync(_timeLimit.Token);
        string[] shown = await Task.WhenAll(ReadToMarkAsync(_process.StandardOutput), ReadToMarkAsync(_process.StandardError));
        return string.Concat(shown);
    }

    private async Task<string> ReadToMarkAsync(StreamReader reader)
    {
        StringBuilder text = new();
        char[] one = new char[1];
        while (!EndsWithMark(text))
        {
            if (await reader.ReadAsync(one, _timeLimit.Token) == 0)
            {
                Assert.Fail($"The shell ended. It wrote: {text}");
            }

            text.Append(one[0]);
        }

        return text.ToString(0, text.Length - Mark.Length);
    }

    private static bool EndsWithMark(StringBuilder text) => text.Length >= Mark.Length && text.ToString(text.Length - Mark.Length, Mark.Length) == Mark;
}
