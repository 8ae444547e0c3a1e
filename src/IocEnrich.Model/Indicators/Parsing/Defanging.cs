namespace IocEnrich;

/// <summary>
/// The one idea behind every way to defang a separator: it is wrapped, wholly or on one side, in brackets, backslashes or spaces, or
/// it is written as a word. <c>[.]</c>, <c>(.</c>, <c>.]</c>, <c>{dot}</c>, <c>\.</c>, <c>[at]</c>, <c> dot </c>, <c>[:]</c>, <c>[/]</c>.
/// </summary>
internal static class Defanging
{
    // Wrappings longer than this are no defanging; it also keeps the work linear on a text of nothing but brackets.
    private const int LongestWrapping = 6;

    private static readonly (string Word, char Mark)[] Words =
    [
        ("arroba", '@'), ("punto", '.'), ("punkt", '.'), ("dot", '.'), ("at", '@'), ("et", '@'),
    ];

    /// <summary>Whether the character wraps a separator.</summary>
    public static bool IsBracket(char c) => c is '[' or ']' or '(' or ')' or '{' or '}' or '<' or '>' or '\\' or '^';

    /// <summary>Reads one wrapped or spelled-out separator of a host or an e-mail address.</summary>
    /// <param name="start">Where the wrapping, or the separator, begins.</param>
    /// <param name="desperate">Hyphens and underscores count as wrapping of a word too: <c>evil-dot-com</c>.</param>
    /// <param name="mark">The separator that is meant.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int start, bool desperate, out char mark, out int end)
    {
        mark = '\0';
        end = start;
        Wrapping before = ReadWrapping(text, start, desperate: false);
        int core = before.End;
        if (core == text.Length)
        {
            return false;
        }

        char c = text[core];
        if (c is '.' or ',' or ':' or '/' or '@' || (c == '-' && before.Brackets > 0 && !desperate))
        {
            // After a dot every bracket belongs to it; an opener after another separator may open an IPv6 host.
            Wrapping after = ReadWrapping(text, core + 1, desperate: false, closersOnly: c is not ('.' or ','));
            mark = c == ',' ? '.' : c;
            end = after.End;
            return c switch
            {
                '@' => before.Brackets + after.Brackets + before.Spaces + after.Spaces > 0,
                '-' => before.Brackets > 0 && after.Brackets > 0,
                _ => before.Brackets + after.Brackets > 0,
            };
        }

        return start > 0 && TryReadWord(text, start, desperate, out mark, out end);
    }

    /// <summary>
    /// Reads a separator that stands in capitals between small letters, as in <c>evilDOTcom</c> or <c>bobATevil.com</c>.
    /// </summary>
    public static bool TryReadCapitals(ReadOnlySpan<char> text, int start, out char mark, out int end)
    {
        (mark, end) = ('\0', start);
        if (start == 0 || !IsSmall(text[start - 1], digitsToo: text[start] == 'D'))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[start..];
        int length = rest.StartsWith("DOT") ? 3 : rest.StartsWith("AT") || rest.StartsWith("ET") ? 2 : rest.StartsWith("ARROBA") ? 6 : 0;
        if (length == 0 || rest.Length == length || !IsSmall(rest[length], digitsToo: length == 3))
        {
            return false;
        }

        mark = length == 3 ? '.' : '@';
        end = start + length;
        return true;
    }

    /// <summary>Reads a separator in the path of a URL, where a bracket is often just a bracket: only a closed wrapping counts.</summary>
    public static bool TryReadInPath(ReadOnlySpan<char> text, int start, out char mark, out int end)
    {
        (mark, end) = ('\0', start);
        char closer = text[start] switch { '[' => ']', '(' => ')', '{' => '}', _ => '\0' };
        int core = start + 1;
        if (core >= text.Length)
        {
            return false;
        }

        if (closer == '\0')
        {
            mark = text[core];
            end = core + 1;
            return text[start] == '\\' && mark is '.' or '/' or '-' or '_' or ':' or '@';
        }

        mark = text[core];
        int length = 1;
        if (text[core..].StartsWith("dot", StringComparison.OrdinalIgnoreCase))
        {
            (mark, length) = ('.', 3);
        }

        end = core + length + 1;
        return mark is '.' or '/' or ':' or '@' or '-' && end <= text.Length && text[end - 1] == closer;
    }

    private static bool IsSmall(char c, bool digitsToo) => char.IsAsciiLetterLower(c) || (digitsToo && char.IsAsciiDigit(c));

    private static bool TryReadWord(ReadOnlySpan<char> text, int start, bool desperate, out char mark, out int end)
    {
        Wrapping before = ReadWrapping(text, start, desperate);
        int core = before.End;
        (mark, end) = ('\0', core);
        if (core == text.Length)
        {
            return false;
        }

        foreach ((string word, char meaning) in Words)
        {
            if ((text[core] | 0x20) != word[0] || !text[core..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            Wrapping after = ReadWrapping(text, core + word.Length, desperate);
            if (after.End == text.Length)
            {
                return false;
            }

            // Wrapped on one side only, the word ends with a closer: "habitat[.]com" is a habitat.
            bool wrapped = before.Brackets > 0
                || (after.Brackets > 0 && (desperate || text[core + word.Length] is ']' or ')' or '}' or '>'));
            bool spaced = before.Spaces > 0 && after.Spaces > 0 && (word != "et" || text[core] == 'E');
            (mark, end) = (meaning, after.End);
            return wrapped || spaced;
        }

        return false;
    }

    private static Wrapping ReadWrapping(ReadOnlySpan<char> text, int start, bool desperate, bool closersOnly = false)
    {
        int brackets = 0;
        int spaces = 0;
        int index = start;
        for (; index < text.Length && index - start < LongestWrapping; index++)
        {
            char c = text[index];
            if (c == ' ')
            {
                spaces++;
            }
            else if (IsBracket(c) ? !closersOnly || c is ']' or ')' or '}' or '>' : desperate && c is '-' or '_')
            {
                brackets++;
            }
            else
            {
                break;
            }
        }

        return new Wrapping(brackets, spaces, index);
    }

    private readonly record struct Wrapping(int Brackets, int Spaces, int End);
}
