namespace IocEnrich;

/// <summary>Whether the text round a name is code: operators, calls, keywords.</summary>
internal static class CodeContext
{
    private const int Farthest = 96;

    private const int LongestHeader = 2000;

    private static readonly WordSet LogLevels = new("CRITICAL", "DEBUG", "ERROR", "FATAL", "INFO", "NOTICE", "TRACE", "WARN", "WARNING");

    private static readonly WordSet Keywords = new(
        "assert", "await", "const", "def", "elif", "function", "import", "instanceof", "lambda", "let", "raise", "return", "typeof", "var", "yield");

    /// <summary>Whether the name is all that a string or a cell holds: it is data then, in code as well.</summary>
    public static bool IsQuoted(ReadOnlySpan<char> text, int start, int end)
    {
        char before = start > 0 ? text[start - 1] : '\n';
        char after = end < text.Length ? text[end] : '\n';
        return (before is '"' or '\'' or '`' && after == before) || (before is ',' or ';' or '|' or '\t' && after is ',' or ';' or '|' or '\t' or '\n' or '\r');
    }

    /// <summary>"x.y {", "x.y &amp;&amp; z", ".a.b", "#a.b", "return x.y", "from x.y import z"</summary>
    public static bool IsAround(ReadOnlySpan<char> text, int start, int end)
    {
        char before = start > 0 ? text[start - 1] : ' ';
        if (before is '.' or '#' or '!')
        {
            return true;
        }

        ReadOnlySpan<char> rest = text[end..Math.Min(text.Length, end + 12)].TrimStart(' ');
        return rest.StartsWith("{") || rest.StartsWith("=") || rest.StartsWith("!=") || rest.StartsWith("&&") || rest.StartsWith("||") || rest.StartsWith("+=")
            || rest.StartsWith("++") || rest.StartsWith("?.") || rest.StartsWith("is not ") || rest.StartsWith("is None") || rest.StartsWith("import ")
            || TextContext.WordBefore(text, start, Keywords);
    }

    /// <summary>
    /// Whether the text says that the name is one of code: a module that is imported, a role of documentation, who writes a line of a log,
    /// a column in the header of one.
    /// </summary>
    public static bool IsReference(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> rest = text[end..];
        return text[..start].EndsWith("import ") || (text[..start].EndsWith("from ") && rest.StartsWith(" import "))
            || IsRole(text, start, rest) || IsLogger(text, start, rest) || IsHeader(text, start);
    }

    /// <summary>Whether a column gets another name here: <c>plant.id AS plant_id</c>, and not <c>evil.id AS 64496</c>.</summary>
    public static bool IsAliased(ReadOnlySpan<char> rest) => rest.StartsWith(" AS ") && rest.Length > 4 && (char.IsAsciiLetter(rest[4]) || rest[4] == '_');

    // ":func:`distro.id`"
    private static bool IsRole(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> rest) =>
        rest.StartsWith("`") && start > 2 && text[start - 1] is '`' or '~' && text[..start].TrimEnd("`~").EndsWith(":");

    // "2017-05-16 00:00:31.092 2931 INFO nova.compute.claims [req-…]"
    private static bool IsLogger(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> rest) =>
        (rest.StartsWith(" [req-") || rest.StartsWith(" [-]")) && TextContext.WordBefore(text, start, LogLevels);

    // The line of a log of Zeek that names its columns.
    private static bool IsHeader(ReadOnlySpan<char> text, int start)
    {
        if (start == 0 || text[start - 1] != '\t')
        {
            return false;
        }

        int lowest = Math.Max(0, start - LongestHeader);
        int lineStart = lowest + text[lowest..start].LastIndexOf('\n') + 1;
        return text[lineStart..].StartsWith("#fields\t");
    }

    /// <summary>Whether the name stands between the brackets of a call: <c>f(x, y.name)</c>.</summary>
    public static bool IsArgument(ReadOnlySpan<char> text, int start)
    {
        int depth = 0;
        int lowest = Math.Max(1, start - Farthest);
        for (int index = start - 1; index >= lowest && text[index] != '\n'; index--)
        {
            if (text[index] == ')')
            {
                depth++;
            }
            else if (text[index] == '(' && depth-- == 0)
            {
                return CharClasses.IsWord(text[index - 1]) && text[index - 1] != '-';
            }
        }

        return false;
    }
}
