namespace IocEnrich.PowerShell.Tests.Help;

/// <summary>Where the help lies in the repository, and whether it is to be written or compared.</summary>
internal static class HelpFiles
{
    internal static string Pages => Path.Combine(BuildPlaces.Repository, "docs", "cmdlets");

    internal static string Maml => Path.Combine(BuildPlaces.Repository, "module", "en-US", "IocEnrich.PowerShell.dll-Help.xml");

    /// <summary>Set by <c>build.ps1 -Task Docs</c>: what is made of something else is written anew.</summary>
    internal static bool MustWrite => Environment.GetEnvironmentVariable("IOCENRICH_WRITE_DOCS") == "1";

    internal static IReadOnlyList<HelpPage> ReadPages() =>
        [.. Directory.EnumerateFiles(Pages, "*.md").Order(StringComparer.Ordinal).Select(HelpPage.Read)];

    /// <summary>Compares a file with what it should hold, or writes it.</summary>
    internal static void Expect(string path, string expected)
    {
        if (MustWrite)
        {
            File.WriteAllText(path, expected);
        }

        string actual = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (actual != expected)
        {
            string[] is_ = actual.Split('\n');
            string[] should = expected.Split('\n');
            int line = Enumerable.Range(0, Math.Max(is_.Length, should.Length)).First(i => is_.ElementAtOrDefault(i) != should.ElementAtOrDefault(i));
            Assert.Fail(
                $"{Path.GetRelativePath(BuildPlaces.Repository, path)} is not what it should be: line {line + 1} is\n{is_.ElementAtOrDefault(line)}\nand should be\n{should.ElementAtOrDefault(line)}\n"
                + "build.ps1 -Task Docs (or IOCENRICH_WRITE_DOCS=1 dotnet test tests/IocEnrich.PowerShell.Tests --filter Help) writes it; what people have to write is marked with {{ }}.");
        }
    }
}
