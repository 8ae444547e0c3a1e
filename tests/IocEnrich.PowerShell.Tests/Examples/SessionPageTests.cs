using System.Text;
using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Examples;

/// <summary>
/// docs/session.md is what it says: the lines behind its prompts are typed into pwsh, one session from top to bottom, and what it shows is
/// written below them when the environment variable IOCENRICH_WRITE_DOCS is 1, and compared with the page otherwise.
/// </summary>
public sealed partial class SessionPageTests
{
    private const string Prompt = "PS> ";
    private const string AddressOfPage = "127.0.0.1:48080";

    [TerminalFact]
    public async Task The_session_on_the_page_is_what_pwsh_shows()
    {
        string path = Path.Combine(BuildPlaces.Repository, "docs", "session.md");
        string page = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        using TypedSession session = await TypedSession.StartAsync();
        string address = (await session.TypeAsync("([uri] (Get-IocEnrichmentOption Endpoint).Value).Authority")).Trim();
        Assert.StartsWith("127.0.0.1:", address, StringComparison.Ordinal);
        StringBuilder real = new();
        int end = 0;
        foreach (Match block in Block().Matches(page))
        {
            real.Append(page, end, block.Index - end).Append("```text\n");
            foreach (string line in block.Groups["lines"].Value.Split('\n').Where(static line => line.StartsWith(Prompt, StringComparison.Ordinal)))
            {
                string shown = await session.TypeAsync(line[Prompt.Length..]);
                real.Append(line).Append('\n').Append(Framed(shown.Replace(address, AddressOfPage, StringComparison.Ordinal)));
            }

            // What a block shows last is followed by its end, not by a line that is empty.
            real.Length -= real[^2] == '\n' ? 1 : 0;
            real.Append("```");
            end = block.Index + block.Length;
        }

        real.Append(page, end, page.Length - end);
        string expected = WithoutTimes(page);
        string actual = WithoutTimes(real.ToString());
        if (Environment.GetEnvironmentVariable("IOCENRICH_WRITE_DOCS") != "1")
        {
            Assert.Equal(expected, actual);
        }
        else if (expected != actual)
        {
            await File.WriteAllTextAsync(path, real.ToString());
        }
    }

    /// <summary>How long something took, and how old an answer is, is another time each time.</summary>
    private static string WithoutTimes(string text) => Times().Replace(text, "$1$2…");

    /// <summary>With an empty line above and below, and without the white space that tables end with.</summary>
    private static string Framed(string shown)
    {
        string text = string.Join('\n', shown.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd())).Trim('\n');
        return text.Length == 0 ? "" : $"\n{text}\n\n";
    }

    [GeneratedRegex(@"(\btook )[^\n]+|(\()\d+ \w+(?= old\))")]
    private static partial Regex Times();

    [GeneratedRegex("```text\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
