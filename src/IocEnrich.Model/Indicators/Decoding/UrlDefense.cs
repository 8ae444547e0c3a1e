using System.Globalization;

namespace IocEnrich;

/// <summary>
/// The links of Proofpoint's URL Defense, in which the URL has an alphabet of its own: version 2 writes <c>-3A</c> for <c>%3A</c> and <c>_</c>
/// for a slash; version 3 writes the URL between <c>__</c> and <c>__;</c> and keeps in base64 behind it what its asterisks stand for.
/// </summary>
internal static class UrlDefense
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>Whether the URL is such a link; then the one that it wraps is written.</summary>
    /// <param name="hostEnd">Where the host of the link ends.</param>
    /// <param name="end">Where the link ends.</param>
    /// <param name="output">Takes the URL.</param>
    public static bool TryDecode(ReadOnlySpan<char> text, int hostEnd, int end, DecodedText output)
    {
        ReadOnlySpan<char> host = text[..hostEnd];
        if (!host.EndsWith("urldefense.proofpoint.com", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith("urldefense.com", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith("urldefense.us", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> link = text[..end];
        ReadOnlySpan<char> path = link[hostEnd..];
        if (path.StartsWith("/v3/__"))
        {
            return TryDecodeThird(link, hostEnd + "/v3/__".Length, output);
        }

        int parameter = path.IndexOf("u=");
        return path.StartsWith("/v2/") && parameter > 0 && TryDecodeSecond(link, hostEnd + parameter + 2, output);
    }

    private static bool TryDecodeSecond(ReadOnlySpan<char> link, int start, DecodedText output)
    {
        int stop = link[start..].IndexOfAny('&', '#');
        int end = stop < 0 ? link.Length : start + stop;
        for (int index = start; index < end; index++)
        {
            char c = link[index];
            if (c != '-')
            {
                output.Append(c == '_' ? '/' : c, index);
            }
            else if (index + 2 < end && byte.TryParse(link.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value) && value is > 32 and < 127)
            {
                output.Append((char)value, index);
                index += 2;
            }
            else
            {
                output.Append('%', index);
            }
        }

        output.End(end);
        return true;
    }

    private static bool TryDecodeThird(ReadOnlySpan<char> link, int start, DecodedText output)
    {
        int length = link[start..].IndexOf("__;");
        if (length < 0)
        {
            return false;
        }

        int end = start + length;
        ReadOnlySpan<char> kept = link[(end + "__;".Length)..];
        int stop = kept.IndexOf('!');
        byte[] replaced = FromBase64(stop < 0 ? kept : kept[..stop]);
        int used = 0;
        for (int index = start; index < end; index++)
        {
            int count = link[index] == '*' ? 1 : 0;
            int origin = index;
            if (count > 0 && index + 2 < end && link[index + 1] == '*')
            {
                count = Alphabet.IndexOf(link[index + 2], StringComparison.Ordinal) + 2;
                index += 2;
            }

            if (count == 0)
            {
                // A double slash is written as one in some of them.
                bool lostSlash = link[index] == ':' && index + 2 < end && link[index + 1] == '/' && link[index + 2] is not ('/' or '*') && index - start < 6;
                output.Append(link[index], origin);
                if (lostSlash)
                {
                    output.Append('/', origin);
                }
            }

            for (; count > 0; count--)
            {
                output.Append(used < replaced.Length ? (char)replaced[used++] : '*', origin);
            }
        }

        output.End(end);
        return true;
    }

    private static byte[] FromBase64(ReadOnlySpan<char> text)
    {
        string standard = text.ToString().Replace('-', '+').Replace('_', '/');
        Span<byte> bytes = new byte[text.Length + 3];
        string padded = standard.PadRight((standard.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out int written) ? bytes[..written].ToArray() : [];
    }
}
