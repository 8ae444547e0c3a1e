namespace IocEnrich;

/// <summary>How the beginning of a URL was understood.</summary>
internal enum SchemeKind
{
    /// <summary>There is no scheme.</summary>
    None,

    /// <summary>A scheme that makes the token a URL.</summary>
    Url,

    /// <summary>Another protocol: the host is what can be looked up.</summary>
    Transport,
}

/// <summary>The scheme of a URL, plain or in one of its disguises.</summary>
internal static class UrlScheme
{
    private const int LongestName = 12;

    // What malware configurations and logs give an endpoint with. VirusTotal knows the host, not such a URL.
    private static readonly WordSet Transports = new(
        "acap", "afp", "akka", "alluxio", "amqp", "amqps", "bolt", "cifs", "coap", "coaps", "dav", "davs", "dict", "dns", "docker", "doh", "etcd", "git",
        "gopher", "grpc", "grpcs", "hdfs", "iiop", "imap", "imaps", "ipp", "ipps", "irc", "ircs", "jdbc", "jms", "kafka", "ldap", "ldaps", "mesos", "mongo",
        "mongodb", "mqtt", "mqtts", "msrp", "mysql", "nats", "nfs", "nntp", "ntp", "oci", "pop", "pop3", "pop3s", "postgres", "postgresql", "quic", "radius",
        "rdp", "redis", "rediss", "rmi", "rsync", "rtmp", "rtmps", "rtsp", "rtsps", "sieve", "sip", "sips", "smb", "smtp", "smtps", "snmp", "socks",
        "socks4", "socks5", "spark", "srt", "ssh", "ssl", "stomp", "stratum", "stratum+ssl", "stratum+tcp", "stun", "stuns", "svn", "swarm", "tcp", "telnet",
        "tftp", "thrift", "tls", "turn", "turns", "udp", "vless", "vmess", "vnc", "wais", "ws", "wss", "xmpp", "yarn", "zmq");

    // Of four or five letters, and still no disguise of http or https: what follows is no host, or none that answers.
    private static readonly WordSet Foreign = new(
        "about", "blob", "brave", "cast", "chrome", "data", "edge", "feed", "file", "fish", "geo", "help", "icap", "info", "intent", "ipfs", "ipns", "jar", "lbry",
        "magnet", "maps", "market", "moz", "news", "opera", "proxy", "query", "res", "shttp", "skype", "slack", "sms", "steam", "tcpip", "teams", "tel",
        "unix", "urn", "view", "viber", "vscode", "wasm", "zoom");

    /// <summary>The scheme as it is written in a canonical URL, or <c>null</c> if the text is not exactly one.</summary>
    public static string? FromPlain(ReadOnlySpan<char> name) => name.Length switch
    {
        3 when name.Equals("ftp", StringComparison.OrdinalIgnoreCase) => "ftp",
        4 when name.Equals("http", StringComparison.OrdinalIgnoreCase) => "http",
        4 when name.Equals("ftps", StringComparison.OrdinalIgnoreCase) => "ftps",
        4 when name.Equals("sftp", StringComparison.OrdinalIgnoreCase) => "sftp",
        5 when name.Equals("https", StringComparison.OrdinalIgnoreCase) => "https",
        _ => null,
    };

    public static int DefaultPort(string scheme) => scheme switch
    {
        "http" => 80,
        "https" => 443,
        "ftp" => 21,
        "ftps" => 990,
        _ => 22,
    };

    /// <summary>Reads a scheme and what separates it from the host, in whatever disguise, at the beginning of a text.</summary>
    /// <param name="scheme">The canonical scheme of a URL.</param>
    /// <param name="consumed">How much of the text it takes.</param>
    public static SchemeKind Read(ReadOnlySpan<char> text, out string scheme, out int consumed)
    {
        scheme = "http";
        consumed = 0;
        Span<char> name = stackalloc char[LongestName];
        int length = 0;
        int index = 0;
        while (index < text.Length && index < 2 * LongestName)
        {
            char c = text[index];
            if (IsNameSymbol(c) && length < LongestName)
            {
                name[length++] = char.ToLowerInvariant(c);
            }
            else if (!Defanging.IsBracket(c) || c == '\\')
            {
                break;
            }

            index++;
        }

        if (!SchemeSeparator.TryRead(text, index, out SchemeSeparator separator))
        {
            return SchemeKind.None;
        }

        SchemeKind kind = Understand(name[..length], separator, ref scheme);
        consumed = kind == SchemeKind.None ? 0 : separator.End;
        return kind;
    }

    /// <summary>Where http or https begins in a word that is glued to it; the beginning of the word, where it is none.</summary>
    public static int SkipGlued(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> word = text[start..end];
        if (word.Length <= "https".Length || !text[end..].StartsWith("://"))
        {
            return start;
        }

        int length = word.EndsWith("https", StringComparison.OrdinalIgnoreCase) ? 5 : word.EndsWith("http", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
        return length == 0 ? start : end - length;
    }

    private static SchemeKind Understand(ReadOnlySpan<char> name, SchemeSeparator separator, ref string scheme)
    {
        if (name.IsEmpty)
        {
            // "//evil.com/x" of a web page, "://evil.com/x" of a careless copy.
            return separator.Slashes == 2 && separator.Colons <= 1 ? SchemeKind.Url : SchemeKind.None;
        }

        bool secure = name.Length > 2 && name[^1] == 's' && name[^2] == 'p';
        ReadOnlySpan<char> core = secure ? name[..^1] : name;
        if (FromPlain(name) is { } plain)
        {
            scheme = plain;
            return separator.IsLoose ? SchemeKind.Url : SchemeKind.None;
        }

        if (IsDisguisedHttp(core))
        {
            scheme = secure ? "https" : "http";
            return separator.IsLoose ? SchemeKind.Url : SchemeKind.None;
        }

        if (IsDisguisedFtp(core))
        {
            scheme = core[0] == 's' ? "sftp" : secure ? "ftps" : "ftp";
            return separator.IsLoose ? SchemeKind.Url : SchemeKind.None;
        }

        if (!separator.IsStrict)
        {
            return SchemeKind.None;
        }

        // "file://host/share" names a machine, "file:///etc/passwd" a file.
        bool isShare = name is "file" && separator.Slashes != 3;
        if (Transports.Contains(name) || isShare)
        {
            return SchemeKind.Transport;
        }

        // Two of the known tools read any four characters before "://" as http and any five as https: "meow://" is a disguise too.
        scheme = name.Length == 5 ? "https" : "http";
        return name.Length is 4 or 5 && !Foreign.Contains(name) ? SchemeKind.Url : SchemeKind.None;
    }

    // h and p round two characters whatever they are (hxxp, h**p, hAAp), or round fewer or more of the usual ones; and a lost h.
    private static bool IsDisguisedHttp(ReadOnlySpan<char> core)
    {
        if (core.Length is < 3 or > 6 || core[^1] != 'p')
        {
            return false;
        }

        if (core[0] == 'h')
        {
            return core.Length == 4 || core[1..^1].IndexOfAnyExcept("tx*#-") < 0;
        }

        return core is "ttp" or "xxp";
    }

    private static bool IsDisguisedFtp(ReadOnlySpan<char> core) =>
        core is "ftx" or "fttp" or "fxxp" or "f**p" || core is ['f', _, 'p'] or ['s', 'f', _, 'p'];

    private static bool IsNameSymbol(char c) => char.IsAsciiLetterOrDigit(c) || "*!@#$%&+-".Contains(c);
}
