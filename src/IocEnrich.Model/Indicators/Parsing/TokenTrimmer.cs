namespace IocEnrich;

/// <summary>Takes off what a report, a chat or a cell puts round an indicator: quotes, brackets, markdown, punctuation, bullets.</summary>
internal static class TokenTrimmer
{
    private const string QuotesAndEmphasis = "\"'`*|~“”„‟‘’‚‛«»‹›「」『』";
    private const string Leading = QuotesAndEmphasis + " \t\r\n\v\f\u00A0\u3000,;•‣◦▪–—";
    private const string Trailing = QuotesAndEmphasis + " \t\r\n\v\f\u00A0\u3000,;.!?…\\^";
    private const string Openers = "([{<";
    private const string Closers = ")]}>";

    /// <summary>
    /// Copies the token without what nobody sees, with every kind of space as a space, and with look-alikes of ASCII punctuation as
    /// what they stand for, as far as the host goes: in a path they are themselves.
    /// </summary>
    public static void Clean(scoped ReadOnlySpan<char> token, ref TextBuffer output)
    {
        if (token.IndexOfAnyExcept(CharSets.Printable) < 0)
        {
            output.Append(token);
            return;
        }

        bool inHost = true;
        foreach (char raw in token)
        {
            if (Lookalikes.IsInvisible(raw))
            {
                continue;
            }

            char c = char.IsWhiteSpace(raw) ? ' ' : inHost ? Lookalikes.ToAscii(raw) : raw;
            if (c is '/' or '?' && output.Length > 0 && output.Text[^1] is not ('/' or ':' or '[' or '\\'))
            {
                inHost = false;
            }
            else if (c == '/' && output.Length > 0)
            {
                inHost = true;
            }

            output.Append(c);
        }
    }

    /// <summary>The token without its wrappings.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> token)
    {
        if (token.Length > 0 && char.IsAsciiLetterOrDigit(token[0]) && char.IsAsciiLetterOrDigit(token[^1]))
        {
            // Nothing that wraps is a letter.
            return token;
        }

        Span<int> depth = stackalloc int[Openers.Length];
        CountBrackets(token, depth);
        while (true)
        {
            int before = token.Length;
            token = TrimPlain(token);
            token = TrimBrackets(token, depth);
            token = TrimFootnote(token, depth);
            if (token.Length == before)
            {
                return token;
            }
        }
    }

    private static ReadOnlySpan<char> TrimPlain(ReadOnlySpan<char> token)
    {
        int end = token.Length;

        // "http://evil.com/~" ends as it is meant to, "~~evil.com~~" does not.
        bool keepsTilde = token.Length > 0 && token[0] != '~' && token.IndexOf("://") is > 0 and int scheme && token[(scheme + 3)..].Contains('/');
        while (end > 0 && ((Trailing.Contains(token[end - 1]) && !(keepsTilde && token[end - 1] == '~')) || (token[end - 1] == ':' && !EndsWithGap(token[..end]))))
        {
            end--;
        }

        int start = 0;
        while (start < end && Leading.Contains(token[start]) && !IsWildcard(token[start..end]))
        {
            start++;
        }

        token = token[start..end];

        // "- evil.com" in a list, "> evil.com" in a reply; "_evil.com_" in markdown, but not "_dmarc.evil.com".
        if (token.Length > 1 && token[0] is '-' or '>' or '+' or '#' && token[1] == ' ')
        {
            token = token[2..];
        }

        return token.Length > 2 && token[0] == '_' && token[^1] == '_' ? token[1..^1] : token;
    }

    // "2001:db8::" ends with a colon of its own.
    private static bool EndsWithGap(ReadOnlySpan<char> token) => token.Length > 1 && token[^2] == ':';

    // "*.evil.com" means the names under evil.com; see IndicatorParser.
    private static bool IsWildcard(ReadOnlySpan<char> token) =>
        token.Length > 2 && token[0] == '*' && (token[1] == '.' || Defanging.IsBracket(token[1]));

    // depth[k] is how many openers of a kind there are beyond its closers.
    private static ReadOnlySpan<char> TrimBrackets(ReadOnlySpan<char> token, scoped Span<int> depth)
    {
        if (token.IsEmpty)
        {
            return token;
        }

        int closer = Closers.IndexOf(token[^1]);
        int opener = Openers.IndexOf(token[0]);
        if (closer >= 0 && depth[closer] < 0)
        {
            depth[closer]++;
            return token[..^1];
        }

        if (opener >= 0 && depth[opener] > 0)
        {
            depth[opener]--;
            return token[1..];
        }

        return opener >= 0 && opener == closer && token.Length > 1 ? token[1..^1] : token;
    }

    // The reference that an encyclopedia or a report puts behind a word: "evil.com[12]".
    private static ReadOnlySpan<char> TrimFootnote(ReadOnlySpan<char> token, scoped Span<int> depth)
    {
        if (token.Length < 4 || token[^1] != ']' || depth[1] != 0)
        {
            return token;
        }

        int start = token.Length - 2;
        while (start > 0 && token.Length - start <= 4 && char.IsAsciiDigit(token[start]))
        {
            start--;
        }

        bool isFootnote = start > 0 && start < token.Length - 2 && token[start] == '[' && CharClasses.IsAlphanumeric(token[start - 1]);
        return isFootnote ? token[..start] : token;
    }

    private static void CountBrackets(ReadOnlySpan<char> token, Span<int> depth)
    {
        foreach (char c in token)
        {
            int kind = Openers.IndexOf(c);
            if (kind >= 0)
            {
                depth[kind]++;
                continue;
            }

            kind = Closers.IndexOf(c);
            if (kind >= 0)
            {
                depth[kind]--;
            }
        }
    }
}
