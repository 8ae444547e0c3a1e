namespace IocEnrich;

/// <summary>Tells what a refanged token is, and writes its canonical form.</summary>
internal static class TokenClassifier
{
    private const int LongestSchemeName = 16;

    public static bool Read(scoped ReadOnlySpan<char> token, ref ParseContext context)
    {
        if (token.IsEmpty)
        {
            return context.Reject(Rejection.Empty);
        }

        if (token.Length >= 16 && CharSets.AreHexDigits(token))
        {
            return HashText.Read(token, ref context);
        }

        if (CveReader.HasShape(token))
        {
            return CveReader.Read(token, ref context);
        }

        if (token.Contains(' '))
        {
            return context.Reject(Rejection.SeveralWords);
        }

        int scheme = token.IndexOf("://");
        while (scheme > 0 && BeginsWithHttp(token[(scheme + 3)..]))
        {
            // "https://http://evil.com": the inner one is meant.
            token = token[(scheme + 3)..];
            scheme = token.IndexOf("://");
        }

        if (scheme is > 0 and < LongestSchemeName && token[..scheme].IndexOfAny(".:/?#") < 0)
        {
            return UrlScheme.FromPlain(token[..scheme]) is { } name
                ? UrlReader.Read(name, token[(scheme + 3)..], ref context)
                : context.Reject(Rejection.Scheme, token[..scheme]);
        }

        int stop = token.IndexOfAny("@/?#");
        if (stop > 0 && token[stop] == '@')
        {
            int tail = token[stop..].IndexOf('/');
            return tail < 0 ? EmailReader.Read(token, token.LastIndexOf('@'), ref context) : UrlReader.Read("http", token, ref context);
        }

        return stop == 0 ? context.Reject(token[0] == '@' ? Rejection.LocalPart : Rejection.Path, default) : ReadHost(token, stop, ref context);
    }

    private static bool BeginsWithHttp(ReadOnlySpan<char> text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool ReadHost(scoped ReadOnlySpan<char> token, int stop, ref ParseContext context)
    {
        ReadOnlySpan<char> authority = stop < 0 ? token : token[..stop];
        ReadOnlySpan<char> tail = stop < 0 ? default : token[stop..];
        UrlReader.SplitPort(authority, out ReadOnlySpan<char> host, out ReadOnlySpan<char> port, out bool hasPort);
        if (hasPort && !UrlReader.TryReadPort(port, out _))
        {
            return context.Reject(Rejection.Port, port);
        }

        if (host.Contains(':'))
        {
            return ReadIPv6(token, host, tail, ref context);
        }

        HostKind kind = HostReader.Read(host, ref context);
        if (kind == HostKind.None)
        {
            return false;
        }

        if (!tail.IsEmpty)
        {
            if (kind == HostKind.IPv4 && IsPrefixLength(tail, out int bits))
            {
                return bits == 32 ? context.Accept(IndicatorType.IPv4) : context.Reject(Rejection.Network, token);
            }

            context.Output.Length = 0;
            return UrlReader.Read("http", token, ref context);
        }

        return context.Accept(kind == HostKind.IPv4 ? IndicatorType.IPv4 : IndicatorType.Domain);
    }

    private static bool ReadIPv6(scoped ReadOnlySpan<char> token, scoped ReadOnlySpan<char> host, scoped ReadOnlySpan<char> tail, ref ParseContext context)
    {
        // A zone (RFC 4007) names an interface of the machine that wrote the text, and nothing outside it.
        int zone = host.IndexOf('%');
        if (!IPv6Text.TryRead(zone < 0 ? host : host[..zone], out UInt128 address))
        {
            return context.Reject(Rejection.NotIPv6, host);
        }

        if (!tail.IsEmpty && IsPrefixLength(tail, out int bits) && token[0] != '[')
        {
            if (bits != 128)
            {
                return context.Reject(Rejection.Network, token);
            }
        }
        else if (!tail.IsEmpty)
        {
            return UrlReader.Read("http", token, ref context);
        }

        if (IPv6Text.IsMapped(address))
        {
            IPv4Text.Append(ref context.Output, (uint)address);
            return context.Accept(IndicatorType.IPv4);
        }

        IPv6Text.Append(ref context.Output, address);
        return context.Accept(IndicatorType.IPv6);
    }

    private static bool IsPrefixLength(ReadOnlySpan<char> tail, out int bits)
    {
        bits = 0;
        if (tail.Length is < 2 or > 4 || tail[0] != '/')
        {
            return false;
        }

        foreach (char c in tail[1..])
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            bits = (bits * 10) + (c - '0');
        }

        return bits <= 128;
    }
}
