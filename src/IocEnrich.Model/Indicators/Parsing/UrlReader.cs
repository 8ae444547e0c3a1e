using System.Text;

namespace IocEnrich;

/// <summary>Reads a refanged URL and writes its canonical form (RFC 3986, section 6.2.2 and 6.2.3, without touching the path).</summary>
internal static class UrlReader
{
    /// <summary>Reads an absolute URL whose scheme has been recognised.</summary>
    /// <param name="scheme">One of <see cref="UrlScheme"/>'s names.</param>
    /// <param name="rest">What follows the <c>://</c>.</param>
    /// <param name="context">Takes the canonical text or the reason.</param>
    public static bool Read(string scheme, scoped ReadOnlySpan<char> rest, ref ParseContext context)
    {
        int authorityEnd = rest.IndexOfAny("/?#\\");
        ReadOnlySpan<char> authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        ReadOnlySpan<char> tail = authorityEnd < 0 ? default : rest[authorityEnd..];
        context.Output.Append(scheme);
        context.Output.Append("://");
        int at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            if (!AppendEncoded(authority[..at], ref context))
            {
                return false;
            }

            context.Output.Append('@');
            authority = authority[(at + 1)..];
        }

        return AppendHostAndPort(scheme, authority, ref context)
            && AppendTail(tail, ref context)
            && context.Accept(IndicatorType.Url);
    }

    /// <summary>Tells host and port apart. Brackets round the host fall away.</summary>
    public static void SplitPort(ReadOnlySpan<char> authority, out ReadOnlySpan<char> host, out ReadOnlySpan<char> port, out bool hasPort)
    {
        host = authority;
        port = default;
        hasPort = false;
        if (!authority.IsEmpty && authority[0] == '[' && authority.IndexOf(']') is > 0 and int close)
        {
            host = authority[1..close];
            ReadOnlySpan<char> after = authority[(close + 1)..];
            hasPort = !after.IsEmpty;

            // What is no port after a bracket is told as one that is none.
            port = hasPort && after[0] == ':' ? after[1..] : authority[close..];
            return;
        }

        int colon = authority.IndexOf(':');
        if (colon >= 0 && authority[(colon + 1)..].IndexOf(':') < 0)
        {
            host = authority[..colon];
            port = authority[(colon + 1)..];
            hasPort = true;
        }
    }

    /// <summary>Reads a port (1 to 65535). Nothing after the colon means the default one (RFC 3986, section 3.2.3).</summary>
    public static bool TryReadPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            port = Math.Min((port * 10) + (c - '0'), 100_000);
        }

        return text.IsEmpty || port is > 0 and < 65_536;
    }

    private static bool AppendHostAndPort(string scheme, scoped ReadOnlySpan<char> authority, ref ParseContext context)
    {
        SplitPort(authority, out ReadOnlySpan<char> host, out ReadOnlySpan<char> portText, out bool hasPort);
        if (HostReader.ReadUrlHost(host, ref context) == HostKind.None)
        {
            return false;
        }

        if (!hasPort)
        {
            return true;
        }

        if (!TryReadPort(portText, out int port))
        {
            return context.Reject(Rejection.Port, portText);
        }

        if (port != 0 && port != UrlScheme.DefaultPort(scheme))
        {
            context.Output.Append(':');
            context.Output.AppendNumber(port);
        }

        return true;
    }

    private static bool AppendTail(scoped ReadOnlySpan<char> tail, ref ParseContext context)
    {
        // The fragment never leaves the browser: two URLs that differ in it ask the server, and VirusTotal, for the same thing.
        int fragment = tail.IndexOf('#');
        if (fragment >= 0)
        {
            tail = tail[..fragment];
        }

        if (tail.IsEmpty || tail[0] is not ('/' or '\\'))
        {
            context.Output.Append('/');
        }

        return AppendEncoded(tail, ref context);
    }

    /// <summary>Appends the text with what is outside ASCII in percent-encoded UTF-8 (RFC 3987, section 3.1).</summary>
    private static bool AppendEncoded(scoped ReadOnlySpan<char> text, ref ParseContext context)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAnyExcept(CharSets.Visible);
            if (plain < 0)
            {
                context.Output.Append(text);
                break;
            }

            context.Output.Append(text[..plain]);
            text = text[plain..];
            if (text[0] <= ' ' || text[0] == '\u007F')
            {
                return context.Reject(text[0] == ' ' ? Rejection.SeveralWords : Rejection.UrlCharacter, text[..1]);
            }

            Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            int length = rune.EncodeToUtf8(utf8);
            foreach (byte value in utf8[..length])
            {
                context.Output.Append('%');
                context.Output.Append("0123456789ABCDEF"[value >> 4]);
                context.Output.Append("0123456789ABCDEF"[value & 15]);
            }

            text = text[consumed..];
        }

        return true;
    }
}
