namespace IocEnrich.Engine.Documents.Html;

/// <summary>
/// Reads the addresses that attributes are. In a sentence a URL ends before a comma or a full stop; the value of an <c>href</c> is one as a
/// whole, whatever its last character.
/// </summary>
internal static class HtmlAddresses
{
    // Where HTTP stands, any number of slashes of either kind may follow (WHATWG URL, special schemes).
    private static readonly string[] Schemes = ["https", "http", "ftps", "ftp", "sftp"];

    /// <summary>Puts the whole address in the place of what was found of it. A URL inside it stays, as the target of a redirect.</summary>
    /// <param name="found">What was found in the text, in its order.</param>
    /// <param name="addresses">Where addresses stand in it, in its order.</param>
    /// <param name="options">What is looked for.</param>
    internal static IEnumerable<FoundInHtml> Settle(
        List<FoundInHtml> found, MappedText text, IReadOnlyList<Range> addresses, IndicatorExtractorOptions options)
    {
        bool wantsUrls = options.Types?.Contains(IndicatorType.Url) != false;
        int next = 0;
        foreach (Range address in addresses)
        {
            (int start, int end) = (address.Start.Value, address.End.Value);
            while (next < found.Count && found[next].Start < start)
            {
                yield return found[next++];
            }

            string value = text.Text[start..end].ToString();
            if (!TryRead(value, out Indicator? url))
            {
                continue;
            }

            if (wantsUrls)
            {
                yield return new FoundInHtml(url, value, start);
            }

            CanonicalUrl.LocateHost(url.Value, out int host, out int length);
            string hostText = url.Value.Substring(host, length).Trim('[', ']');
            for (; next < found.Count && found[next].Start < end; next++)
            {
                FoundInHtml inner = found[next];
                if (inner.Start > start && (inner.Indicator.Type == IndicatorType.Url ? HasScheme(inner.Text) : options.IncludeUrlHosts && inner.Indicator.Value == hostText))
                {
                    yield return inner;
                }
            }
        }

        for (; next < found.Count; next++)
        {
            yield return found[next];
        }
    }

    private static bool HasScheme(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.Contains("%3A", StringComparison.OrdinalIgnoreCase);

    // A browser asks for what it reads: a backslash is a slash, but for the query.
    private static string WithSlashes(string address)
    {
        int end = address.AsSpan().IndexOfAny('?', '#');
        end = end < 0 ? address.Length : end;
        return address.AsSpan(0, end).Contains('\\') ? string.Concat(address[..end].Replace('\\', '/'), address.AsSpan(end)) : address;
    }

    private static bool TryRead(string address, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Indicator? url)
    {
        url = null;
        string? scheme = address.Length > IndicatorParser.MaxLength
            ? null
            : Array.Find(Schemes, scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && address.AsSpan(scheme.Length).StartsWith(":"));
        if (scheme is null)
        {
            return false;
        }

        ReadOnlySpan<char> rest = WithSlashes(address).AsSpan(scheme.Length + 1);
        ReadOnlySpan<char> authority = rest.TrimStart('/');
        ParseContext context = new(stackalloc char[256], explain: false);
        try
        {
            if (authority.Length == rest.Length || !UrlReader.Read(scheme, authority, ref context) || context.Output.Length > IndicatorParser.MaxLength)
            {
                return false;
            }

            url = new Indicator(IndicatorType.Url, context.Output.Text.ToString());
            return true;
        }
        finally
        {
            context.Dispose();
        }
    }
}
