namespace IocEnrich;

/// <summary>How far a URL reaches in a text.</summary>
internal static class UrlExtent
{
    private const string TrailingPunctuation = ".,;:!?'\"*…_~\\";

    /// <summary>Finds the end of user-info, host and port.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Behind the scheme.</param>
    /// <param name="valid">Whether the host can be one; a look at its last label, without an allocation.</param>
    public static int FindHostEnd(ReadOnlySpan<char> text, int start, out bool valid)
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

        while (index > start && TrailingPunctuation.Contains(text[index - 1]))
        {
            index--;
        }

        valid = index > start && IsPlausible(text[start..index], start > 0 && text[start - 1] == ' ');
        return index;
    }

    /// <summary>Finds the end of the path and the query.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the URL begins.</param>
    /// <param name="host">Where its host begins.</param>
    /// <param name="hostEnd">Where the host and the port end.</param>
    public static int FindEnd(ReadOnlySpan<char> text, int start, int host, int hostEnd)
    {
        char before = start > 0 ? text[start - 1] : '\n';
        bool isCell = before is '\n' or ',' or ';';
        Span<int> depth = stackalloc int[3];
        int index = hostEnd;
        if (index < text.Length && text[index] is not ('/' or '?' or '#' or '\\' or '[' or '('))
        {
            return hostEnd;
        }

        int limit = Math.Min(text.Length, start + IndicatorParser.MaxLength + 1);
        for (; index < limit; index++)
        {
            char c = text[index];
            if (c <= ' ' || c is '"' or '<' or '>' or '`' or '|' or '^' || (c == '\'' && before == '\'') || (isCell && c is ',' or ';'))
            {
                break;
            }

            if (c == '\\' && !(index + 1 < text.Length && text[index + 1] is '.' or '/' or '-' or '_' or ':'))
            {
                // An escape of the language that the URL is quoted in.
                break;
            }

            if (c >= 128 && (char.IsWhiteSpace(c) || char.IsPunctuation(c) || Lookalikes.IsSeparator(c)))
            {
                break;
            }

            if ((c == '&' && IsEscapedQuote(text[index..])) || (c == ',' && EndsList(text, index)) || !Balance(c, depth))
            {
                break;
            }
        }

        while (index > hostEnd && TrailingPunctuation.Contains(text[index - 1]))
        {
            index--;
        }

        return index;
    }

    /// <summary>Finds the end of a host that stands without a scheme: with port and path it is a URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the host begins.</param>
    /// <param name="hostEnd">Where it ends.</param>
    /// <param name="isNetwork">Whether it is an address with a prefix length.</param>
    public static int FindTailEnd(ReadOnlySpan<char> text, int start, int hostEnd, out bool isNetwork)
    {
        isNetwork = false;
        int index = hostEnd;
        if (index + 1 < text.Length && text[index] == ':' && char.IsAsciiDigit(text[index + 1]))
        {
            index++;
            while (index < text.Length && index - hostEnd < 7 && char.IsAsciiDigit(text[index]))
            {
                index++;
            }
        }

        bool hasPath = index < text.Length && (text[index] == '/' || text[index..].StartsWith("[/]"));
        if (!hasPath)
        {
            return hostEnd;
        }

        int end = FindEnd(text, start, start, index);
        ReadOnlySpan<char> tail = text[index..end];
        if (tail is "/tcp" or "/udp")
        {
            // A port in the notation of service lists.
            return hostEnd;
        }

        isNetwork = index == hostEnd && tail.Length is 2 or 3 && char.IsAsciiDigit(text[hostEnd - 1])
            && CharSets.AreDigits(tail[1..]) && !tail.SequenceEqual("/32");
        return end;
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

    // A bracket that was not opened in the URL closes what the URL stands in.
    private static bool Balance(char c, Span<int> depth)
    {
        int opener = "([{".IndexOf(c);
        if (opener >= 0)
        {
            depth[opener]++;
            return true;
        }

        int closer = ")]}".IndexOf(c);
        return closer < 0 || --depth[closer] >= 0;
    }

    private static bool IsEscapedQuote(ReadOnlySpan<char> text) =>
        text.StartsWith("&quot;") || text.StartsWith("&lt;") || text.StartsWith("&gt;") || text.StartsWith("&#39;") || text.StartsWith("&#34;");

    private static bool EndsList(ReadOnlySpan<char> text, int comma)
    {
        ReadOnlySpan<char> rest = text[(comma + 1)..];
        return rest.IsEmpty || rest[0] <= ' ' || rest[0] is '"' or '\'' || rest.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase);
    }
}
