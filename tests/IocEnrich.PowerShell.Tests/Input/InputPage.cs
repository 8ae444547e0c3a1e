using System.Text;
using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Input;

/// <summary>docs/input.md.</summary>
internal static partial class InputPage
{
    private const string Begin = "<!-- columns: written by a test -->\n";
    private const string End = "<!-- end of columns -->";

    private static string Path { get; } = System.IO.Path.Combine(BuildPlaces.Repository, "docs", "input.md");

    /// <summary>The columns that the page lists, in its order.</summary>
    internal static string[] Columns() => [.. Name().Matches(Section(File.ReadAllText(Path))).Select(static match => match.Groups[1].Value)];

    /// <summary>What the table of objects has in its first column.</summary>
    internal static string[] Objects()
    {
        string page = File.ReadAllText(Path);
        int start = page.IndexOf("| --- | --- |\n", StringComparison.Ordinal) + "| --- | --- |\n".Length;
        string table = page[start..page.IndexOf("\n\n", start, StringComparison.Ordinal)];
        return [.. table.Split('\n').Select(static row => row.Split('|')[1].Trim())];
    }

    /// <summary>Writes the list where the documentation is to be written.</summary>
    internal static void WriteWhereAsked(IEnumerable<string> names)
    {
        if (Environment.GetEnvironmentVariable("IOCENRICH_WRITE_DOCS") == "1")
        {
            string page = File.ReadAllText(Path);
            string list = string.Join(", ", names.Select(static name => $"`{name}`"));
            File.WriteAllText(Path, page.Replace(Section(page), $"\n{list}\n\n", StringComparison.Ordinal), new UTF8Encoding(false));
        }
    }

    private static string Section(string page)
    {
        int start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return page[start..page.IndexOf(End, StringComparison.Ordinal)];
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
