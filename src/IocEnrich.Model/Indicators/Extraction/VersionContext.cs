namespace IocEnrich;

/// <summary>Four numbers that are a version, and not an address.</summary>
internal static class VersionContext
{
    private static readonly WordSet Words = new("build", "firmware", "oid", "release", "rev", "revision", "rv", "v", "ver", "versions");

    public static bool IsVersion(ReadOnlySpan<char> text, int start, int end)
    {
        char before = start > 0 ? text[start - 1] : '\0';
        char after = end < text.Length ? text[end] : '\0';
        if (before == '.' && start > 1 && CharClasses.IsWord(text[start - 2]))
        {
            return true;
        }

        if (before == '/' && start > 1 && char.IsAsciiLetter(text[start - 2]))
        {
            // "Chrome/120.0.0.0", and not "datanode/198.51.100.7:50010" or "/dev/tcp/198.51.100.7".
            return !(after == ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])) && !TextContext.IsSocketFile(text, start);
        }

        // A folder of a package: "lib\1.2.3.4\lib.dll", "packages/lib-2/1.2.3.4/lib.jar".
        if ((before == '\\' && start > 1 && text[start - 2] != '\\') || (before == '/' && after == '/' && start > 1 && CharClasses.IsWord(text[start - 2])))
        {
            return !TextContext.IsSocketFile(text, start);
        }

        ReadOnlySpan<char> word = TextContext.WordBefore(text, start);
        return Words.Contains(word) || word.EndsWith("version", StringComparison.OrdinalIgnoreCase);
    }
}
