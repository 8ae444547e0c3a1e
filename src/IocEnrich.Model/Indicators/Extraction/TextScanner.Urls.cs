namespace IocEnrich;

/// <content>URLs with a scheme, and the URLs that are wrapped in them.</content>
internal ref partial struct TextScanner
{
    private int ReadUrl(int start)
    {
        ReadOnlySpan<char> rest = _text[start..Math.Min(_text.Length, start + LongestSchemePart)];
        SchemeKind kind = UrlScheme.Read(rest, out _, out int consumed);
        if (kind == SchemeKind.None)
        {
            return start;
        }

        int host = start + consumed;
        if (kind == SchemeKind.Url && BeginsWithScheme(host))
        {
            // "https://http://evil.com": the inner one is meant.
            return host;
        }

        int hostEnd = UrlHostExtent.FindEnd(_text, host, out bool valid);
        if (!valid)
        {
            return Math.Max(hostEnd, start + 1);
        }

        int end = kind == SchemeKind.Url ? UrlExtent.FindEnd(_text, start, host, hostEnd) : hostEnd;
        if (Report(start, end) && kind == SchemeKind.Url)
        {
            if (_includeUrlHosts)
            {
                ReportHost(host, hostEnd);
            }

            ReadWrapped(hostEnd, end);
        }

        return end;
    }

    private readonly bool BeginsWithScheme(int index)
    {
        ReadOnlySpan<char> rest = _text[index..Math.Min(_text.Length, index + LongestSchemePart)];
        int colon = rest.IndexOf(':');
        return colon > 0
            && rest[(colon + 1)..].StartsWith("//")
            && UrlScheme.Read(rest, out _, out _) == SchemeKind.Url
            && rest[..colon].IndexOfAny('.', '@') < 0;
    }

    private readonly void ReportHost(int host, int hostEnd)
    {
        int at = _text[host..hostEnd].LastIndexOf('@');
        host += at + 1;
        if (IndicatorParser.TryParse(_text[host..hostEnd], out Indicator? indicator) && indicator.Type != IndicatorType.Url)
        {
            _found.Add(new FoundText(indicator, host, hostEnd - host));
        }
    }

    // The URLs in the path and the query of a URL that was found.
    private void ReadWrapped(int hostEnd, int end)
    {
        if (!MayDecode || end - hostEnd < ShortestWrapped)
        {
            return;
        }

        int outerEnd = _lastEnd;
        DecodedText decoded = _scratch.Under(_depth);
        decoded.Append('=', hostEnd);
        if (UrlDefense.TryDecode(_text, hostEnd, end, decoded))
        {
            ScanDecoded(decoded, 1, 2, onlyUrls: true);
            _lastEnd = outerEnd;
            return;
        }

        int from = hostEnd;
        while (WrappedLink.TryFind(_text, from, end, out WrappedLink link))
        {
            if (link.IsPlain)
            {
                new TextScanner(_text[..link.End], link.Start + 1, _includeUrlHosts, _found, _scratch, _depth + 1, onlyUrls: true).Scan(link.Start);
            }
            else
            {
                decoded = _scratch.Under(_depth);
                decoded.Append(_text, link.Start - 1, link.Start);
                new EncodedRun(link.Start, link.End, EncodedRun.Container.Percent).Decode(_text, decoded);
                decoded.End(link.End);
                ScanDecoded(decoded, 1, 2, onlyUrls: true);
            }

            from = link.End;
        }

        _lastEnd = outerEnd;
    }
}
