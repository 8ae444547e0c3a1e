using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace IocEnrich.Engine.Tests.Architecture;

public sealed partial class TypeNameTests
{
    [Fact]
    public void No_two_types_of_the_product_have_one_name()
    {
        (string Name, string File)[] types =
        [
            .. Directory.EnumerateFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories)
                .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .SelectMany(static file => Declaration().Matches(File.ReadAllText(file)).Select(match => (match.Groups["name"].Value, Path.GetRelativePath(SourceFolder(), file)))),
        ];

        Assert.True(types.Length > 300, $"Only {types.Length} types were found: the pattern is out of date.");

        // A partial type has several files, side by side, and its name once.
        Assert.Empty(types.GroupBy(static type => type.Name)
            .Where(static group => group.Select(static type => Path.Combine(Path.GetDirectoryName(type.File)!, Path.GetFileName(type.File).Split('.')[0])).Distinct().Count() > 1)
            .Select(static group => $"{group.Key}: {string.Join(", ", group.Select(static type => type.File))}"));
    }

    private static string SourceFolder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "src"));

    // Types of a file's own level: those within others go by their full name.
    [GeneratedRegex(@"^(?:public|internal) (?:(?:sealed|static|abstract|readonly|partial|file) )*(?:class|record struct|record|struct|enum|interface|delegate [\w<>?]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
