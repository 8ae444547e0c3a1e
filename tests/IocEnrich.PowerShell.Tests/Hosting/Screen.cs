using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>What a script shows: pwsh in a process of its own, with an emulator beside it, and every byte it writes.</summary>
internal sealed partial class Screen : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iocenrich-screen-");

    private Screen(EmulatorServer server) => Server = server;

    internal EmulatorServer Server { get; }

    internal static async Task<Screen> StartAsync() => new(await TestServer.StartAsync());

    /// <summary>
    /// Runs a script with its output redirected: 80 columns. The styles in which pwsh writes headers, labels and errors are empty, and its
    /// "back to normal" is left out of the result: any other escape sequence was somebody else's.
    /// </summary>
    internal async Task<PwshResult> RunAsync(string script)
    {
        const string WithoutOwnStyles = "$PSStyle.OutputRendering = 'Host'; foreach ($style in 'TableHeader', 'CustomTableHeaderLabel', 'FormatAccent', 'Error', 'ErrorAccent', 'Warning', 'Verbose', 'Debug') { $PSStyle.Formatting.$style = '' }; ";
        PwshResult result = await PwshProcess.RunAsync(WithoutOwnStyles + Prepare(script), Store);
        return result with { Output = WithoutReset(result.Output), Error = WithoutReset(result.Error) };

        static string WithoutReset(string text) => text.Replace("\u001b[0m", "", StringComparison.Ordinal);
    }

    /// <summary>Runs a script on a terminal of 100 columns.</summary>
    internal PseudoTerminal OnTerminal(string script, params (string Name, string? Value)[] environment) =>
        PseudoTerminal.Start(["-Command", Prepare(script)], [Store, .. environment]);

    /// <summary>The prompt of pwsh on a terminal of 100 columns.</summary>
    internal PseudoTerminal AtThePrompt() => PseudoTerminal.Start([], Store);

    /// <summary>A script that finds the emulator, and a key for it, in <c>@To</c>.</summary>
    internal string Prepare(string script) =>
        $"$To = @{{ Endpoint = '{Server.Endpoint}'; ApiKey = [System.Net.NetworkCredential]::new('', 'a-key').SecurePassword; RequestsPerMinute = 0; RequestsPerDay = 0 }}; {script}";

    /// <summary>The text without pwsh's own escape sequences: colours, the progress bar that is written in place, what it asks the terminal.</summary>
    internal static string WithoutStyle(string text) => OwnSequences().Replace(ProgressBar().Replace(text, ""), "").ReplaceLineEndings("\n");

    internal static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How many columns of a terminal a line takes.</summary>
    internal static int WidthOf(string line) => line.EnumerateRunes().Sum(static rune => rune.Value switch
    {
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF => 2,
        >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : 1,
    });

    /// <summary>Nothing in a text acts on a terminal, hides something or turns the direction round.</summary>
    internal static void AssertHarmless(string text)
    {
        Rune[] bad = [.. text.EnumerateRunes().Where(static rune => rune.Value is not '\n' && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)];
        Assert.True(bad.Length == 0, $"U+{(bad.Length == 0 ? 0 : bad[0].Value):X4} is in: {text}");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A store of its own, for the environment of a process.</summary>
    internal (string Name, string? Value) Store => ("IOCENRICH_CACHE", Path.Combine(_folder.FullName, "cache.db"));

    // Drawn in place while the cursor is hidden, and blanked out again.
    [GeneratedRegex("\u001b\\[\\?25l.*?\u001b\\[\\?25h|\u001b\\[\\d+;\\d+H *", RegexOptions.Singleline)]
    private static partial Regex ProgressBar();

    // Colours, and what pwsh asks the terminal or tells it of the keyboard.
    [GeneratedRegex("\u001b\\[[0-9;]*m|\u001b\\[\\?1[hl]|\u001b=|\u001b\\[6n")]
    private static partial Regex OwnSequences();
}
