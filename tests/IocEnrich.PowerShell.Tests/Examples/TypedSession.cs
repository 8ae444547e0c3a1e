using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Examples;

/// <summary>A pwsh that tools/Try.ps1 has made ready, on a terminal, with somebody who types and waits for each answer.</summary>
internal sealed partial class TypedSession : IDisposable
{
    private const string Mark = "<ready>";

    // pwsh repeats what is typed, and it must not be the mark itself. Progress is drawn over and over, and is no part of a page.
    private const string MarkingPrompt = "$ProgressPreference = 'Ignore'; function prompt { '<{0}>' -f 'ready' }";

    private readonly PseudoTerminal _terminal;

    private TypedSession(PseudoTerminal terminal) => _terminal = terminal;

    internal static async Task<TypedSession> StartAsync()
    {
        // The same on every machine: no colours, and times in no language.
        TypedSession session = new(PseudoTerminal.StartWithPipedInput(
            ["-NoExit", "-File", Path.Combine("tools", "Try.ps1")], ("NO_COLOR", "1"), ("LC_ALL", "C.UTF-8")));
        await session.TypeAsync(MarkingPrompt);
        return session;
    }

    /// <summary>Types a line, and gives what was shown until the next prompt.</summary>
    internal async Task<string> TypeAsync(string line)
    {
        _terminal.Type(line + "\n");
        string shown = KeypadMode().Replace(await _terminal.WaitForAsync(Mark), "");
        int echo = shown.IndexOf(line, StringComparison.Ordinal);
        return echo < 0 ? shown : shown[(echo + line.Length)..];
    }

    public void Dispose() => _terminal.Dispose();

    // What the runtime tells a terminal before and after it reads a line.
    [GeneratedRegex("\u001b\\[\\?1[hl]=?|\u001b=|\u001b\\[6n")]
    private static partial Regex KeypadMode();
}
