namespace IocEnrich;

/// <summary>How far a URL reaches in a text.</summary>
internal static class UrlExtent
{
    /// <summary>What ends a sentence rather than a URL.</summary>
    public const string TrailingPunctuation = ".,;:!?'\"*…\\";

    private const string Emphasis = "_~+";
    private const int LongestBracket = 64;

    // What follows a semicolon in a line of a shell.
    private static readonly WordSet Commands = new(
        "ash", "awk", "base64", "bash", "busybox", "cat", "cd", "chmod", "chown", "clear", "cmd", "cp", "curl", "dash", "do", "done", "echo", "else", "eval", "exec",
        "exit", "export", "fetch", "fi", "find", "ftpget", "grep", "history", "if", "iex", "kill", "killall", "ksh", "ln", "ls", "mkdir", "mv", "nc", "node", "nohup",
        "perl", "php", "pkill", "powershell", "pwsh", "python", "python2", "python3", "rm", "ruby", "sed", "set", "sh", "sleep", "source", "start", "sudo",
        "systemctl", "tar", "tftp", "then", "touch", "unset", "unzip", "wget", "while", "zsh");

    /// <summary>Finds the end of the path and the query.</summary>
    /// <param name="start">Where the URL begins.</param>
    /// <param name="host">Where its host begins.</param>
    /// <param name="hostEnd">Where the host and the port end.</param>
    public static int FindEnd(ReadOnlySpan<char> text, int start, int host, int hostEnd)
    {
        char before = start > 0 ? text[start - 1] : '\n';
        bool isCell = before is '\n' or ',' or ';';
        bool hasBackslashes = host > 0 && text[host - 1] == '\\';
        Span<int> depth = stackalloc int[3];
        int index = hostEnd;
        if (index < text.Length && text[index] is not ('/' or '?' or '#' or '\\' or '[' or '('))
        {
            return hostEnd;
        }

        int limit = Math.Min(text.Length, start + IndicatorParser.MaxLength + 1);
        for (; index < limit; index++)
        {
            int plain = text[index..limit].IndexOfAnyExcept(CharSets.InsideUrl);
            if (plain < 0)
            {
                index = limit;
                break;
            }

            index += plain;
            char c = text[index];
            if (c <= ' ' || c is '"' or '<' or '>' or '`' or '|' or '^' || (c == '\'' && before == '\'') || (isCell && c is ',' or ';' && !IsSession(text, index)))
            {
                break;
            }

            if (c == '\\' && !(index + 1 < text.Length && (text[index + 1] is '.' or '/' or '-' or '_' or ':' || (hasBackslashes && CharClasses.IsAlphanumeric(text[index + 1])))))
            {
                // An escape of the language that the URL is quoted in.
                break;
            }

            if (c >= 128 && (char.IsWhiteSpace(c) || char.IsPunctuation(c) || Lookalikes.IsSeparator(c)))
            {
                break;
            }

            if ((c is '&' or ';' && IsCommand(text, index, c)) || (c == ',' && EndsList(text, index)) || (c == '[' && IsCaption(text, start, index)) || !Balance(c, depth))
            {
                break;
            }
        }

        // Emphasis ends a URL that it began before.
        while (index > hostEnd && (TrailingPunctuation.Contains(text[index - 1]) || (text[index - 1] == before && Emphasis.Contains(before))))
        {
            index--;
        }

        return index;
    }

    /// <summary>Finds the end of a host that stands without a scheme: with port and path it is a URL.</summary>
    /// <param name="start">Where the host begins.</param>
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
        if (IsMask(tail))
        {
            isNetwork = true;
            return end;
        }

        if (tail.Length > 7 && char.IsAsciiDigit(tail[1]) && StartsWithAddress(tail[1..]))
        {
            // "evil.com/198.51.100.7:443": a name and what it resolved to, as Java prints them.
            return hostEnd;
        }

        if (tail is "/tcp" or "/udp")
        {
            // A port in the notation of service lists.
            return hostEnd;
        }

        // "198.51.100.0/24", and "198.51.100.0/24:443", where what follows is the network's.
        int colon = tail.IndexOf(':');
        ReadOnlySpan<char> prefix = colon < 0 ? tail : tail[..colon];
        isNetwork = index == hostEnd && prefix.Length is 2 or 3 && char.IsAsciiDigit(text[hostEnd - 1])
            && CharSets.AreDigits(prefix[1..]) && !prefix.SequenceEqual("/32");
        return end;
    }

    private static bool StartsWithAddress(ReadOnlySpan<char> tail)
    {
        int end = tail.IndexOfAnyExcept(CharSets.Address);
        ReadOnlySpan<char> address = end < 0 ? tail : tail[..end];
        bool endsThere = end < 0 || (tail[end] == ':' && CharSets.AreDigits(tail[(end + 1)..]));
        return endsThere && IPv4Text.TryRead(address, out _, out _, out _);
    }

    // "/255.255.255.0", "/0.0.0.255"
    private static bool IsMask(ReadOnlySpan<char> tail) =>
        (tail.StartsWith("/255.") || tail.StartsWith("/0."))
        && IPv4Text.TryRead(tail[1..], out uint mask, out _, out _)
        && ((~mask & (~mask + 1)) == 0 || (mask != 0 && (mask & (mask + 1)) == 0));

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

    // ";jsessionid=…" belongs to the path in which it stands.
    private static bool IsSession(ReadOnlySpan<char> text, int index)
    {
        ReadOnlySpan<char> rest = text[(index + 1)..];
        return text[index] == ';' && (rest.StartsWith("jsessionid=", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("phpsessid=", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("sid=", StringComparison.OrdinalIgnoreCase));
    }

    // "…/a.sh;chmod 777 a.sh", "…/a && ./a": the next command of the line.
    private static bool IsCommand(ReadOnlySpan<char> text, int index, char c)
    {
        int start = index + 1;
        if (c == '&')
        {
            if (start >= text.Length || text[start] != '&')
            {
                return false;
            }

            start++;
        }

        int end = start;
        while (end < text.Length && end - start < 16 && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        if (end == start)
        {
            return start < text.Length && (text[start..].StartsWith("./") || text[start..].StartsWith("/bin/") || text[start..].StartsWith("/tmp/") || text[start] is '$' or '}');
        }

        bool isWhole = end == text.Length || text[end] is ' ' or '/' or ';' or '\t' or '\n' or '\r' or '"' or '\'';
        return (isWhole && Commands.Contains(text[start..end])) || (c == '&' && !(end < text.Length && text[end] is '=' or '&'));
    }

    // "https://evil.com/a[the page]" of AsciiDoc; "a[0]", "?b[]=c" and "a[.]b" go on.
    private static bool IsCaption(ReadOnlySpan<char> text, int start, int index)
    {
        ReadOnlySpan<char> rest = text.Slice(index + 1, Math.Min(LongestBracket, text.Length - index - 1));
        int close = rest.IndexOf(']');
        ReadOnlySpan<char> inside = close < 0 ? rest : rest[..close];
        if (inside.Contains(' '))
        {
            return close >= 0 || inside[0] != '.';
        }

        bool endsBehind = close >= 0 && (close + 1 == rest.Length || rest[close + 1] is ' ' or '\n' or '\r' or '\t' or ',' or ')' or '|' || (rest[close + 1] is '.' or ';' or ':' && (close + 2 == rest.Length || rest[close + 2] <= ' ')));
        bool isQuery = text[start..index].Contains('?');
        return endsBehind && !isQuery && (inside.IsEmpty || (char.IsAsciiLetter(inside[0]) && inside.Length > 1 && inside is not ("dot" or "DOT")));
    }

    private static bool EndsList(ReadOnlySpan<char> text, int comma)
    {
        ReadOnlySpan<char> rest = text[(comma + 1)..];
        return rest.IsEmpty || rest[0] <= ' ' || rest[0] is '"' or '\'' || IsNameOfCertificate(rest) || rest.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase);
    }

    // "CN=http://evil.com/,O=Evil" of X.509.
    private static bool IsNameOfCertificate(ReadOnlySpan<char> rest)
    {
        int equals = rest[..Math.Min(rest.Length, 4)].IndexOf('=');
        return equals > 0 && rest[..equals] is "C" or "O" or "L" or "S" or "E" or "T" or "CN" or "OU" or "ST" or "DC" or "SN" or "GN" or "UID" or "SP" or "PC";
    }
}
