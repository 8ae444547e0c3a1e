namespace IocEnrich;

/// <summary>How far the authority of a URL reaches in a text: user-info, host and port, plain or defanged.</summary>
internal static class UrlHostExtent
{
    /// <summary>Finds the end of user-info, host and port.</summary>
    /// <param name="start">Behind the scheme.</param>
    /// <param name="valid">Whether the host can be one; a look at its last label, without an allocation.</param>
    public static int FindEnd(ReadOnlySpan<char> text, int start, out bool valid)
    {
        int index = start;
        int limit = Math.Min(text.Length, start + 2048);
        while (index < limit && Defanging.IsBracket(text[index]) && text[index] != '\\' && text[index] != '[')
        {
            index++;
        }

        while (index < limit)
        {
            char c = text[index];
            if (CharClasses.IsWord(c) || c is ':' or '%' or '~' or '!' or '$' or '&' or '*' or '+' or '=' || (c is '.' or '@' && !IsBeforeBracket(text, index)))
            {
                index++;
            }
            else if (c == '[' && TrySkipIPv6(text, ref index))
            {
                continue;
            }
            else if (DefangedSeparator.TryRead(text, index, inCompany: false, out DefangedSeparator mark) || TryReadBracketed(text, index, out mark))
            {
                if (mark.Character == '/')
                {
                    break;
                }

                index = mark.End;
            }
            else if (c == '[' && index == start)
            {
                index++;
            }
            else
            {
                break;
            }
        }

        while (index > start && (UrlExtent.TrailingPunctuation.Contains(text[index - 1]) || text[index - 1] is '_' or '~'))
        {
            index--;
        }

        valid = index > start && !IsTorn(text, start, index) && IsPlausible(text[start..index], start > 0 && text[start - 1] == ' ');
        return index;
    }

    private static bool IsBeforeBracket(ReadOnlySpan<char> text, int index) =>
        index + 1 < text.Length && text[index + 1] is ']' or ')' or '}' or '>' or ' ';

    private static bool TryReadBracketed(ReadOnlySpan<char> text, int index, out DefangedSeparator mark)
    {
        mark = default;
        if (index + 2 >= text.Length || text[index] is not ('[' or '(' or '{') || text[index + 1] is not (':' or '/' or '@'))
        {
            return false;
        }

        mark = new DefangedSeparator(text[index + 1], index + 3, IsDefanged: true, IsWeak: false);
        return text[index + 2] is ']' or ')' or '}';
    }

    private static bool TrySkipIPv6(ReadOnlySpan<char> text, ref int index)
    {
        ReadOnlySpan<char> rest = text.Slice(index, Math.Min(80, text.Length - index));
        int close = rest.IndexOf(']');
        if (close < 3)
        {
            return false;
        }

        ReadOnlySpan<char> inside = rest[1..close];
        int zone = inside.IndexOf('%');
        if (!IPv6Text.TryRead(zone < 0 ? inside : inside[..zone], out _))
        {
            return false;
        }

        index += close + 1;
        return true;
    }

    // The last label of the host is a top-level domain, a number, or the only one; what is no ASCII is left to the parser.
    private static bool IsPlausible(ReadOnlySpan<char> authority, bool afterSpace)
    {
        int at = authority.LastIndexOf('@');
        ReadOnlySpan<char> host = authority[(at + 1)..];
        int colon = host.LastIndexOf(':');
        if (colon >= 0 && IsPort(host[(colon + 1)..]))
        {
            host = host[..colon].TrimEnd("[");
        }

        if (host.IsEmpty)
        {
            return false;
        }

        int start = host.Length;
        while (start > 0 && CharClasses.IsWord(host[start - 1]))
        {
            start--;
        }

        ReadOnlySpan<char> last = host[start..];
        if (start == 0)
        {
            return !afterSpace && char.IsAsciiLetterOrDigit(host[0]) && last.Length >= 3;
        }

        return last.IsEmpty || last[0] >= 128 || char.IsAsciiDigit(last[0]) || TopLevelDomains.Contains(last);
    }

    // "8080", or "8080]" of "[:8080]".
    private static bool IsPort(ReadOnlySpan<char> text) => CharSets.AreDigits(text.TrimEnd(']')) && !text.StartsWith("]");

    // "http://www.<redacted>.com": of the host only its first label is there.
    private static bool IsTorn(ReadOnlySpan<char> text, int start, int end) =>
        end + 1 < text.Length && text[end] == '.' && text[end + 1] is '<' or '[' or '{' or '(' or '*' or '$' or '%' or '#' or '…' && !text[start..end].Contains('.');
}
