using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IocEnrich.PowerShell.Tests.Shell;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Views;

/// <summary>What a script shows: the shell in a process of its own, with an emulator beside it, and every byte it writes.</summary>
internal sealed partial class ShellScreen : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iocenrich-screen-");

    private ShellScreen(EmulatorServer server) => Server = server;

    internal EmulatorServer Server { get; }

    internal static async Task<ShellScreen> StartAsync() => new(await EmulatorServer.StartAsync());

    /// <summary>Runs a script with its output redirected.</summary>
    internal Task<ShellResult> RunAsync(string script, string? onlyView = null, params (string Name, string Value)[] environment) =>
        ShellProcess.RunAsync(["-c", Prepare(script)], null, [.. Environment(onlyView), .. environment]);

    /// <summary>Runs a script on a terminal of 100 columns.</summary>
    internal PseudoTerminal OnTerminal(string script, params (string Name, string Value)[] environment) =>
        PseudoTerminal.Start(["-c", Prepare(script)], [.. Environment(null), .. environment]);

    /// <summary>The shell's prompt on a terminal of 100 columns.</summary>
    internal PseudoTerminal AtThePrompt() => PseudoTerminal.Start(["-Interactive", "-NoLogo"], [.. Environment(null)]);

    /// <summary>A script that finds the emulator, and a key for it, in <c>@To</c>.</summary>
    internal string Prepare(string script) =>
        $"$To = @{{ Endpoint = '{Server.Endpoint}'; ApiKey = [System.Net.NetworkCredential]::new('', 'a-key').SecurePassword; RequestsPerMinute = 0; RequestsPerDay = 0 }}; {script}";

    /// <summary>The text without the shell's own escape sequences: colours, and the progress line that is written in place.</summary>
    internal static string WithoutStyle(string text) => OwnSequences().Replace(ProgressLine().Replace(text, ""), "").ReplaceLineEndings("\n");

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

    private IEnumerable<(string, string)> Environment(string? onlyView)
    {
        yield return ("IOCENRICH_CACHE", Path.Combine(_folder.FullName, "cache.db"));
        if (onlyView is not null)
        {
            yield return ("IOCENRICH_MODULE", ModuleWith(onlyView));
        }
    }

    // The engine alone has no Format-List and no Format-Wide, but it takes the only view that there is.
    private string ModuleWith(string view)
    {
        string source = Path.GetDirectoryName(BuildPlaces.Module)!;
        string target = Path.Combine(_folder.FullName, "IocEnrich");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        string formats = Path.Combine(target, "IocEnrich.Format.ps1xml");
        XDocument document = XDocument.Load(formats);
        document.Descendants("View").Where(item => item.Element(view) is null).Remove();
        document.Save(formats);
        return Path.Combine(target, "IocEnrich.psd1");
    }

    // Drawn in place, and taken away before anything else is written.
    [GeneratedRegex("\r\u001b\\[K\u001b[^\r\n]*(?=\r\u001b\\[K)")]
    private static partial Regex ProgressLine();

    // Also what the runtime says to a terminal when it reads the keyboard's settings.
    [GeneratedRegex("\r\u001b\\[K|\u001b\\[[0-9;]*m|\u001b\\[\\?1h\u001b=")]
    private static partial Regex OwnSequences();
}
