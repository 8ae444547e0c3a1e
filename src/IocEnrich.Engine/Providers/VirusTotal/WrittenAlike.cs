using System.Text;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>
/// The form in which URLs are equal that the service takes for one. How it writes them is not documented beyond "minor aspects, like some
/// escaped characters"; so this goes as far as the rules that every canonical form of URLs has in common, RFC 3986, section 6.2.2: what is
/// escaped that need not be, in which case the digits of an escape are, and the steps <c>.</c> and <c>..</c> of a path. An empty query is
/// none, and a host may have the root's dot.
/// </summary>
internal static class WrittenAlike
{
    /// <summary>The form of a URL that <see cref="Indicator"/> has read; to compare with another one, and for nothing else.</summary>
    internal static string Url(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int pathAt = url.IndexOf('/', start);
        int queryAt = url.IndexOf('?', pathAt);
        string path = queryAt < 0 ? url[pathAt..] : url[pathAt..queryAt];
        string query = queryAt < 0 ? "" : url[(queryAt + 1)..];
        string normal = string.Concat(url.AsSpan(0, pathAt), Decode(WithoutSteps(path)));
        return query.Length == 0 ? normal : $"{normal}?{Decode(query)}";
    }

    /// <summary>Takes out of a path what leads nowhere (RFC 3986, section 5.2.4).</summary>
    private static string WithoutSteps(string path)
    {
        if (!path.Contains('.', StringComparison.Ordinal))
        {
            return path;
        }

        string[] steps = path[1..].Split('/');
        List<string> kept = new(steps.Length);
        for (int index = 0; index < steps.Length; index++)
        {
            bool isLast = index == steps.Length - 1;
            if (steps[index] is not ("." or ".."))
            {
                kept.Add(steps[index]);
                continue;
            }

            if (steps[index] == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (isLast)
            {
                kept.Add("");
            }
        }

        return "/" + string.Join('/', kept);
    }

    /// <summary>Takes away one layer of escapes, save those of characters that would mean something else without it.</summary>
    private static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder decoded = new(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            char letter = text[index];
            if (letter != '%' || index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
            {
                decoded.Append(letter);
                continue;
            }

            int value = Convert.ToInt32(text.Substring(index + 1, 2), 16);
            bool isPlain = value is > ' ' and < 0x7F && !"%/?#&=+;".Contains((char)value, StringComparison.Ordinal);
            decoded.Append(isPlain ? ((char)value).ToString() : text.Substring(index, 3).ToUpperInvariant());
            index += 2;
        }

        return decoded.ToString();
    }
}
