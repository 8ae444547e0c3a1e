namespace IocEnrich;

/// <summary>What stands in front of, or round, an indicator and says what it is: <c>sha256:</c>, <c>URL =</c>, a markdown link.</summary>
internal static class TokenPrefixes
{
    private const int LongestLabel = 24;

    private static readonly HashSet<string> Labels =
    [
        "md5", "md5sum", "md5hash", "sha1", "sha1sum", "sha1hash", "sha256", "sha256sum", "sha256hash", "sha384", "sha512",
        "hash", "filehash", "checksum",
        "ip", "ips", "ipv4", "ipv6", "ipaddr", "ipaddress", "srcip", "dstip", "sourceip", "destinationip", "destip",
        "clientip", "remoteip", "remoteaddress", "src", "dst", "domain", "domainname", "domains", "host", "hostname", "fqdn", "dns",
        "url", "urls", "uri", "link", "email", "emailaddress", "mail", "mailto", "cve", "c2", "cnc", "c&c", "ioc", "indicator", "value",
        "address", "server",
    ];

    /// <summary>The token without the label in front of it.</summary>
    public static ReadOnlySpan<char> StripLabel(ReadOnlySpan<char> token)
    {
        int separator = token[..Math.Min(token.Length, LongestLabel)].IndexOfAny(':', '=', ' ');
        if (separator < 2)
        {
            return token;
        }

        Span<char> label = stackalloc char[LongestLabel];
        int length = 0;
        int index = 0;
        for (; index < token.Length && index < LongestLabel && token[index] is not (':' or '='); index++)
        {
            char c = token[index];
            if (char.IsAsciiLetterOrDigit(c) || c == '&')
            {
                label[length++] = char.ToLowerInvariant(c);
            }
            else if (c == ' ' && IsHashName(label[..length]) && NextIsHex(token[index..]))
            {
                break;
            }
            else if (c is not ('-' or '_' or ' ' or '(' or ')' or '[' or ']' or '"' or '\''))
            {
                return token;
            }
        }

        if (index == token.Length || index == LongestLabel || token[index - 1] == '[')
        {
            // "c2[:]a5b7[:]…" is a defanged address of which the first group is no label.
            return token;
        }

        // "http://" begins with no label, and neither does "host://".
        ReadOnlySpan<char> rest = token[(index + 1)..].TrimStart(" :=");
        return !rest.StartsWith("//") && Labels.Contains(label[..length].ToString()) ? rest : token;
    }

    /// <summary>The hash at the beginning of a line of <c>sha256sum</c> or <c>md5sum</c>: <c>hash  file name</c>.</summary>
    public static ReadOnlySpan<char> StripFileName(ReadOnlySpan<char> token)
    {
        int end = token.IndexOf(' ');
        return end is 32 or 40 or 64 && CharSets.AreHexDigits(token[..end]) ? token[..end] : token;
    }

    /// <summary>Tells the two texts of a markdown link apart: <c>[text](target)</c>.</summary>
    public static bool TrySplitLink(ReadOnlySpan<char> token, out ReadOnlySpan<char> text, out ReadOnlySpan<char> target)
    {
        text = target = default;
        ReadOnlySpan<char> link = token.StartsWith("!") ? token[1..] : token;
        if (link.Length < 5 || link[0] != '[' || link[^1] != ')')
        {
            return false;
        }

        int middle = link.IndexOf("](");
        if (middle < 0)
        {
            return false;
        }

        text = link[1..middle];
        target = link[(middle + 2)..^1];
        return true;
    }

    private static bool IsHashName(ReadOnlySpan<char> label) => label is "md5" or "sha1" or "sha256" or "hash";

    private static bool NextIsHex(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(' ');
        return text.Length is 32 or 40 or 64 && CharSets.AreHexDigits(text);
    }
}
