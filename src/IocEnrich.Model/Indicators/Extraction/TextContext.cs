namespace IocEnrich;

/// <summary>Whether what has the form of a name or an address is one, by what stands round it in a text: not a file, a version, code.</summary>
internal static class TextContext
{
    private const int LongestGap = 4;
    private const int LongestWord = 20;

    public static bool IsIndicator(ReadOnlySpan<char> text, NameRun name)
    {
        if (name.IsDefanged)
        {
            return !IsFolder(text, name);
        }

        return name.IsIPv4 ? !VersionContext.IsVersion(text, name.Start, name.End) : IsName(text, name);
    }

    /// <summary>Whether the address or name stands where bash has it: <c>/dev/tcp/198.51.100.7/443</c>.</summary>
    public static bool IsSocketFile(ReadOnlySpan<char> text, int start) =>
        text[..start].EndsWith("/dev/tcp/") || text[..start].EndsWith("/dev/udp/");

    /// <summary>Whether the word before is one of a set, with a colon, a quote or the like between.</summary>
    public static bool WordBefore(ReadOnlySpan<char> text, int start, WordSet words) => words.Contains(WordBefore(text, start));

    /// <summary>The word before, with a colon, a quote or the like between.</summary>
    public static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        while (end > 0 && start - end < LongestGap && text[end - 1] is ' ' or ':' or '=' or '"' or '\'' or '(' or '`' or '>')
        {
            end--;
        }

        int begin = end;
        while (begin > 0 && end - begin < LongestWord && char.IsAsciiLetterOrDigit(text[begin - 1]))
        {
            begin--;
        }

        return text[begin..end];
    }

    // "Explorer\FileExts\.zip": a folder whose name begins with a dot.
    private static bool IsFolder(ReadOnlySpan<char> text, NameRun name)
    {
        ReadOnlySpan<char> before = text[..name.Start].TrimEnd('\\');
        return name.Labels == 2 && text[name.LastLabel - 1] == '.' && text[name.LastLabel - 2] == '\\'
            && before.Length < name.Start && !before.IsEmpty && CharClasses.IsWord(before[^1]);
    }

    private static bool IsName(ReadOnlySpan<char> text, NameRun name)
    {
        char before = name.Start > 0 ? text[name.Start - 1] : '\0';
        char after = name.End < text.Length ? text[name.End] : '\0';
        ReadOnlySpan<char> last = text[name.LastLabel..name.End];

        // A path, a variable, a call, an assignment, the end of a longer name.
        bool inPath = before == '\\' || (before == '/' && !(name.Start > 1 && text[name.Start - 2] == '/') && !IsSocketFile(text, name.Start));
        bool goesOn = before == '.' && name.Start > 1 && CharClasses.IsWord(text[name.Start - 2]);
        if (inPath || goesOn || before == '$' || IsFormat(text, name, before) || after == '(' || (after == '=' && !EndsQuotedPrintable(text, name.End)) || IsPascalCase(last))
        {
            return false;
        }

        if (CodeNames.IsOrdinary(text, name, last))
        {
            return true;
        }

        NameContext context = NameContext.Of(text, name);
        return !FileNames.IsFile(text, name, context) && !CodeNames.IsCode(text, name, context);
    }

    // "%s.evil.com"
    private static bool IsFormat(ReadOnlySpan<char> text, NameRun name, char before) =>
        before == '%' && text.Slice(name.Start, Math.Min(3, name.End - name.Start)).Contains('.');

    // The end of a line in a mail: "evil.com=", "evil.com=20".
    private static bool EndsQuotedPrintable(ReadOnlySpan<char> text, int index)
    {
        ReadOnlySpan<char> rest = text[(index + 1)..];
        return rest.IsEmpty || rest[0] is '\r' or '\n' || rest.StartsWith("20\r") || rest.StartsWith("20\n") || rest.StartsWith("0A") || rest.StartsWith("0D");
    }

    // "System.Net", "Math.Is": names of types, and sentences that lack a space ("the end.It was").
    private static bool IsPascalCase(ReadOnlySpan<char> label) => char.IsAsciiLetterUpper(label[0]) && label.IndexOfAnyInRange('a', 'z') > 0;
}
