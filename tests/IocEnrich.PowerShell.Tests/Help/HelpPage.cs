using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Help;

/// <summary>One paragraph, list item or fenced code of a page.</summary>
internal sealed record HelpBlock(string Text, bool IsCode);

/// <summary>A part of a page under a heading of its own: a parameter set, an example, a parameter, an input.</summary>
internal sealed record HelpEntry(string Title, IReadOnlyList<HelpBlock> Blocks);

/// <summary>
/// The page of one cmdlet in docs/cmdlets, in the form of Microsoft.PowerShell.PlatyPS: what is written there by hand becomes the MAML that
/// Get-Help reads.
/// </summary>
internal sealed partial class HelpPage
{
    private readonly Dictionary<string, (List<HelpBlock> Blocks, List<HelpEntry> Entries)> _sections;

    private HelpPage(string path, string text, Dictionary<string, (List<HelpBlock>, List<HelpEntry>)> sections)
    {
        Path = path;
        Text = text;
        _sections = sections;
    }

    internal string Path { get; }

    /// <summary>The whole page, with line feeds between its lines.</summary>
    internal string Text { get; }

    /// <summary>The cmdlet, as the file is named.</summary>
    internal string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    internal IReadOnlyList<HelpBlock> Synopsis => Blocks("SYNOPSIS");

    internal IReadOnlyList<HelpEntry> Syntax => Entries("SYNTAX");

    internal IReadOnlyList<HelpBlock> Description => Blocks("DESCRIPTION");

    internal IReadOnlyList<HelpEntry> Examples => Entries("EXAMPLES");

    /// <summary>The parameters; the last block of each is its metadata.</summary>
    internal IReadOnlyList<HelpEntry> Parameters =>
        [.. Entries("PARAMETERS").Where(static entry => entry.Title != "CommonParameters").Select(static entry => entry with { Title = entry.Title.TrimStart('-') })];

    internal IReadOnlyList<HelpEntry> Inputs => Entries("INPUTS");

    internal IReadOnlyList<HelpEntry> Outputs => Entries("OUTPUTS");

    internal IReadOnlyList<HelpBlock> Notes => Blocks("NOTES");

    /// <summary>The links: what is shown, and where it leads.</summary>
    internal IEnumerable<(string Text, string Target)> Links =>
        Blocks("RELATED LINKS").Select(static block => LinkItem().Match(block.Text)).Where(static match => match.Success).Select(static match => (match.Groups["text"].Value, match.Groups["target"].Value));

    /// <summary>The headings of the second level, in their order.</summary>
    internal IReadOnlyList<string> Sections => [.. _sections.Keys];

    internal static HelpPage Read(string path) => Parse(path, File.ReadAllText(path).ReplaceLineEndings("\n"));

    internal static HelpPage Parse(string path, string text)
    {
        Dictionary<string, (List<HelpBlock> Blocks, List<HelpEntry> Entries)> sections = [];
        List<HelpBlock> blocks = [];
        List<HelpEntry> entries = [];
        List<string> paragraph = [];
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            bool isHeading = line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("### ", StringComparison.Ordinal);
            if (isHeading || line.Length == 0 || line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("- ", StringComparison.Ordinal))
            {
                EndParagraph();
            }

            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                sections.Add(line[3..], (blocks = [], entries = []));
            }
            else if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                entries.Add(new HelpEntry(line[4..], blocks = []));
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                int end = Array.IndexOf(lines, "```", i + 1);
                Assert.True(end > i, $"{path}: the code that begins in line {i + 1} has no end.");
                blocks.Add(new HelpBlock(string.Join('\n', lines[(i + 1)..end]), IsCode: true));
                i = end;
            }
            else if (line.Length > 0)
            {
                paragraph.Add(line.Trim());
            }
        }

        EndParagraph();
        return new HelpPage(path, text, sections);

        void EndParagraph()
        {
            if (paragraph.Count > 0)
            {
                blocks.Add(new HelpBlock(string.Join(' ', paragraph), IsCode: false));
                paragraph.Clear();
            }
        }
    }

    private List<HelpBlock> Blocks(string section) => _sections.TryGetValue(section, out var found) ? found.Blocks : [];

    private List<HelpEntry> Entries(string section) => _sections.TryGetValue(section, out var found) ? found.Entries : [];

    [GeneratedRegex(@"^- \[(?<text>[^\]]+)\]\((?<target>[^)]*)\)$")]
    private static partial Regex LinkItem();
}
