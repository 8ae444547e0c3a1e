namespace IocEnrich;

/// <summary>Whether the text round a name is code: operators, calls, keywords.</summary>
internal static class CodeContext
{
    private const int Farthest = 96;

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
