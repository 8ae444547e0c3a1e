namespace IocEnrich;

/// <summary>
/// A whole URL inside another one: in a parameter or a segment of its path, plain or encoded (<c>?url=https%3A%2F%2Fevil.com%2Fa</c>, as
/// mail gateways, redirects and counters of clicks write it), or in the alphabet of URL Defense.
/// </summary>
internal readonly record struct WrappedLink(int Start, int End, bool IsPlain)
{
    private static readonly string[] Schemes = ["https", "http", "hxxps", "hxxp", "ftps", "sftp", "ftp"];

    /// <summary>Finds the next URL in the path or the query of another one.</summary>
    /// <param name="from">In the outer URL, behind its host.</param>
    /// <param name="end">Where the outer URL ends.</param>
    /// <param name="link">The inner one, as far as it may reach.</param>
    public static bool TryFind(ReadOnlySpan<char> text, int from, int end, out WrappedLink link)
    {
        ReadOnlySpan<char> outer = text[..end];
        link = default;
        int index = from;
        while (true)
        {
            int next = outer[index..].IndexOfAny(':', '%');
            if (next < 0)
            {
                return false;
            }

            index += next;
            if (PercentEncoding.TrySkip(outer, index, "3A", ':', out int slash)
                && PercentEncoding.TrySkip(outer, slash, "2F", '/', out int second)
                && PercentEncoding.TrySkip(outer, second, "2F", '/', out int host)
                && host < end
                && TryFindScheme(outer, from, index, out int start))
            {
                bool isPlain = host - index == 3;
                bool slashesEncoded = outer[second] == '%';
                bool inQuery = outer[from..start].IndexOfAny('?', '#') >= 0;
                string stops = !inQuery ? (slashesEncoded ? "/?&#" : "") : "&#";
                int stop = stops.Length == 0 ? -1 : outer[host..].IndexOfAny(stops);
                link = new WrappedLink(start, stop < 0 ? end : host + stop, isPlain);
                return true;
            }

            index++;
        }
    }

    // The scheme begins where a parameter or a segment does; what stands before may be encoded.
    private static bool TryFindScheme(ReadOnlySpan<char> outer, int from, int colon, out int start)
    {
        foreach (string scheme in Schemes)
        {
            start = colon - scheme.Length;
            if (start > from && outer[from..colon].EndsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                char before = outer[start - 1];
                bool afterEscape = start - 3 >= from && outer[start - 3] == '%' && char.IsAsciiHexDigit(outer[start - 2]) && char.IsAsciiHexDigit(before);
                return afterEscape || !CharClasses.IsAlphanumeric(before);
            }
        }

        start = 0;
        return false;
    }
}
