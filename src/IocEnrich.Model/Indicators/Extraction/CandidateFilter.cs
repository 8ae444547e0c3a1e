namespace IocEnrich;

/// <summary>A glance at what follows a word: most words are followed by nothing that matters, and are passed over.</summary>
internal static class CandidateFilter
{
    // What may follow an opening bracket that wraps a separator, or the letters of a disguised scheme.
    private static readonly AsciiSet OpenedSeparators = new(".:/@,- \\dDaAeEpPstx*");

    // What may follow a backslash that wraps a separator.
    private static readonly AsciiSet BehindBackslash = new(".:/@,- \\dDaAeEpP[](){}<>^");

    private const int LongestScheme = 6;

    /// <summary>Whether the word may be the beginning of a name, an address or a URL.</summary>
    /// <param name="end">Where the word ends, inside the text.</param>
    public static bool MayBeCandidate(ReadOnlySpan<char> text, int end)
    {
        char second = At(text, end + 1);
        return text[end] switch
        {
            '.' or '@' or '^' or '*' => true,
            '\\' => BehindBackslash.Contains(second == '\\' ? At(text, end + 2) : second),
            ' ' => MaySpellSeparator(text, end + 1),
            ':' => second != '\0' && (second != ' ' || At(text, end + 2) is '/' or '['),
            '[' or '(' or '{' or '<' => OpenedSeparators.Contains(second),
            ')' or ']' or '}' or '/' => second is '/' or ':' or '[',
            char other => other >= 128,
        };
    }

    /// <summary>Whether the word may be a scheme: a colon that no slash follows is not worth a closer look, and most are of this kind.</summary>
    /// <param name="start">Where the word begins.</param>
    /// <param name="seen">What it consists of.</param>
    public static bool MayBeScheme(ReadOnlySpan<char> text, int start, int end, CharClass seen)
    {
        char second = At(text, end + 1);
        return At(text, end) switch
        {
            ':' => second is '/' or '\\' or '[' or '_' or ']' || (second == ' ' && At(text, end + 2) is '/' or '['),
            '[' or '(' or '{' or '<' or '*' or ']' or ')' or '}' => end - start <= LongestScheme && second is ':' or '/' or 's' or 't' or 'x' or '*',
            '/' => true,
            _ => (seen & CharClass.Hyphen) != 0 && text[start..end].Contains("__", StringComparison.Ordinal),
        };
    }

    /// <summary>Whether a separator may be spelled behind a space: <c> [.] </c>, <c> (at) </c>, <c> @ </c>, <c> dot </c>, <c> AT </c>.</summary>
    public static bool MaySpellSeparator(ReadOnlySpan<char> text, int index) => At(text, index) switch
    {
        '[' or '(' or '{' or '<' => At(text, index + 1) is '.' or ' ' or '@' or ',' or 'd' or 'D' or 'a' or 'A' or 'e' or 'E' or 'p' or 'P',
        'd' or 'D' => At(text, index + 1) is 'o' or 'O',
        'a' or 'A' => At(text, index + 1) is 't' or 'T' or 'R' or 'r',
        'E' => At(text, index + 1) is 'T',
        'p' or 'P' => At(text, index + 1) is 'u' or 'U',
        '@' => true,
        _ => false,
    };

    private static char At(ReadOnlySpan<char> text, int index) => index < text.Length ? text[index] : '\0';
}
