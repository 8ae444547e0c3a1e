using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Errors;

public sealed partial class ErrorPageTests
{
    [Fact]
    public async Task The_page_of_errors_says_of_each_id_what_the_code_says_and_lists_no_other()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        IReadOnlyDictionary<string, DeclaredError> declared = DeclaredError.ReadAll(session);

        DeclaredError[] listed = [.. File.ReadLines(Path.Combine(BuildPlaces.Repository, "docs", "errors.md"))
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(ReadRow)];

        Assert.Equal(declared.Values.OrderBy(static error => error.Id, StringComparer.Ordinal), listed.OrderBy(static error => error.Id, StringComparer.Ordinal));
    }

    [Fact]
    public void Errors_are_made_in_one_place_so_that_the_page_can_know_them_all()
    {
        string source = Path.Combine(BuildPlaces.Repository, "src", "IocEnrich.PowerShell");

        string[] made = [.. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(static file => MakesAnErrorRecord().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(source, file))
            .Where(static file => !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal))];

        Assert.Equal([Path.Combine("Errors", "ErrorDefinition.cs")], made);
    }

    private static DeclaredError ReadRow(string line)
    {
        string[] cells = [.. CellBorder().Split(line.Trim().Trim('|')).Select(static cell => cell.Replace("\\|", "|", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Trim())];
        Assert.True(cells.Length == 5, $"A row has five cells: {line}");
        Assert.NotEqual("", cells[1]);
        return new DeclaredError(cells[0], cells[3], cells[4] == "yes", cells[2]);
    }

    [GeneratedRegex(@"new (System\.Management\.Automation\.)?ErrorRecord\s*\(|ErrorRecord [^;{]*?(=>|=)\s*new\s*\(")]
    private static partial Regex MakesAnErrorRecord();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBorder();
}
