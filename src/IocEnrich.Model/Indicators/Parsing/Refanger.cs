namespace IocEnrich;

/// <summary>Writes a defanged token as it was meant: one pass, from the scheme over the host to the path.</summary>
internal static class Refanger
{
    // Eight groups, a zone, and two brackets.
    private const int LongestIPv6 = 80;

    /// <summary>Writes the refanged text.</summary>
    /// <param name="text">A token without wrappings; invisible characters and look-alikes are gone.</param>
    /// <param name="desperate">Also reads what is a defanging only where nothing else makes sense.</param>
    /// <param name="output">Takes the text.</param>
    public static void Refang(scoped ReadOnlySpan<char> text, bool desperate, ref TextBuffer output)
    {
        SchemeKind kind = UrlScheme.Read(text, out string scheme, out int index);
        if (kind == SchemeKind.Url)
        {
            output.Append(scheme);
            output.Append("://");
        }

        index = RefangHost(text, index, kind == SchemeKind.Url, desperate, ref output);
        if (kind != SchemeKind.Transport)
        {
            RefangPath(text, index, ref output);
        }
        else if (output.Length > 0 && output.Text[^1] == '/')
        {
            output.Length--;
        }
    }

    // Returns where the path begins; the character that begins it is still to be written.
    private static int RefangHost(scoped ReadOnlySpan<char> text, int index, bool isUrl, bool desperate, ref TextBuffer output)
    {
        int hostStart = index;
        int userInfoEnd = FindUserInfoEnd(text, index);
        while (index < text.Length)
        {
            char c = text[index];
            if (c is '?' or '#')
            {
                break;
            }

            if (c == '[' && (index == hostStart || text[index - 1] == '@') && TryCopyIPv6(text, ref index, ref output))
            {
                continue;
            }

            if (MayBeSeparator(text, index) && Defanging.TryRead(text, index, desperate, out char mark, out int end))
            {
                if (mark == '/')
                {
                    output.Append('/');
                    return end;
                }

                output.Append(mark);
                index = end;
                continue;
            }

            if (c == '/' || (c == '\\' && isUrl))
            {
                break;
            }

            if (!isUrl && c is 'A' or 'E' or 'D' && Defanging.TryReadCapitals(text, index, out mark, out end))
            {
                output.Append(mark);
                index = end;
                continue;
            }

            // A bracket that the host stands in, or a space that Cisco's mail gateway put before a dot or a slash.
            bool dropped = (Defanging.IsBracket(c) && (index == hostStart || (desperate && index == text.Length - 1))) || (isUrl && c == ' ' && FollowedByDotOrSlash(text, index));
            if (!dropped)
            {
                output.Append(c == ',' && index > userInfoEnd && (isUrl || (desperate && IsBetweenDigits(text, index))) ? '.' : c);
            }

            index++;
        }

        return index;
    }

    // "198,51,100,7" is an address; "hello,world" is no name.
    private static bool IsBetweenDigits(ReadOnlySpan<char> text, int index) =>
        index > 0 && index + 1 < text.Length && char.IsAsciiDigit(text[index - 1]) && char.IsAsciiDigit(text[index + 1]);

    private static int FindUserInfoEnd(ReadOnlySpan<char> text, int start)
    {
        int length = text[start..].IndexOfAny("/?#");
        ReadOnlySpan<char> authority = length < 0 ? text[start..] : text.Slice(start, length);
        return start + authority.LastIndexOf('@');
    }

    private static void RefangPath(scoped ReadOnlySpan<char> text, int index, ref TextBuffer output)
    {
        int lastCloser = text.LastIndexOf(']');
        bool inPath = true;
        for (; index < text.Length; index++)
        {
            char c = text[index];
            inPath &= c is not ('?' or '#');
            if (c is '[' or '(' or '{' or '\\')
            {
                if (Defanging.TryReadInPath(text, index, out char mark, out int end))
                {
                    output.Append(mark);
                    index = end - 1;
                    continue;
                }

                if (c == '\\' && inPath)
                {
                    // Browsers read it as a slash (WHATWG URL standard, "path state").
                    output.Append('/');
                    continue;
                }

                if (c == '[' && index > lastCloser && index + 2 < text.Length && text[index + 1] == '.')
                {
                    continue;
                }
            }

            if (c == ' ' && FollowedByDotOrSlash(text, index))
            {
                continue;
            }

            if (c is '"' or '<' or '>')
            {
                // The end of an HTML attribute or of a quotation; none of them stands in a URL (RFC 3986, appendix C).
                return;
            }

            output.Append(c);
        }
    }

    // A letter is looked at where it begins one of the words only.
    private static bool MayBeSeparator(ReadOnlySpan<char> text, int index)
    {
        char next = index + 1 < text.Length ? (char)(text[index + 1] | 0x20) : '\0';
        return text[index] switch
        {
            'd' or 'D' => next == 'o',
            'p' or 'P' => next == 'u',
            'a' or 'A' => next is 't' or 'r',
            'e' or 'E' => next == 't',
            ' ' or '.' or ',' or ':' or '/' or '@' or '-' or '_' => true,
            char c => Defanging.IsBracket(c),
        };
    }

    private static bool FollowedByDotOrSlash(ReadOnlySpan<char> text, int index) =>
        index + 2 < text.Length && text[index + 1] is '.' or '/' && text[index + 2] is not (' ' or '.' or '/');

    private static bool TryCopyIPv6(scoped ReadOnlySpan<char> text, ref int index, ref TextBuffer output)
    {
        // Bounded, so that a text of nothing but openers is still read in linear time.
        int length = text.Slice(index, Math.Min(text.Length - index, LongestIPv6)).IndexOf(']');
        if (length < 3 || !text.Slice(index + 1, length - 1).Contains(':'))
        {
            return false;
        }

        ReadOnlySpan<char> inside = text.Slice(index + 1, length - 1);
        int zone = inside.IndexOf('%');
        if (!IPv6Text.TryRead(zone < 0 ? inside : inside[..zone], out _))
        {
            return false;
        }

        int end = index + length + 1;
        if (end < text.Length && text[end] is not (':' or '/' or '?' or '#' or '\\' or '['))
        {
            // "[::]1" is a defanged "::1".
            return false;
        }

        output.Append(text.Slice(index, length + 1));
        index += length + 1;
        return true;
    }
}
