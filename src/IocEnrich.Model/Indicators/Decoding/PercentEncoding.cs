using System.Globalization;
using System.Text;

namespace IocEnrich;

/// <summary>Percent-encoding (RFC 3986, section 2.1) of a whole text, as in the query of a URL: <c>http%3A%2F%2Fevil.com%2Fa</c>.</summary>
internal static class PercentEncoding
{
    private const int LongestScheme = 8;
    private const int LongestSequence = 4;

    /// <summary>Whether the separator behind the scheme is encoded, once or more; then nothing of the text is to be taken as it stands.</summary>
    public static bool IsEncodedUrl(ReadOnlySpan<char> token)
    {
        int percent = token[..Math.Min(token.Length, LongestScheme)].IndexOf('%');
        if (percent <= 0)
        {
            return false;
        }

        return TrySkip(token, percent, "3A", ':', out int slash)
            && TrySkip(token, slash, "2F", '/', out int second)
            && TrySkip(token, second, "2F", '/', out _);
    }

    /// <summary>Decodes once. What is not valid UTF-8 stays encoded.</summary>
    public static string Decode(ReadOnlySpan<char> token) => Uri.UnescapeDataString(token.ToString());

    /// <summary>Whether a text goes on encoded here: not every percent sign with two digits is an escape.</summary>
    public static bool IsEscape(ReadOnlySpan<char> text, int index) => TryReadEscape(text, index, '%', out _, out _);

    /// <summary>Reads one character, which takes one escape in ASCII and up to four beyond.</summary>
    /// <param name="index">Where the sign stands.</param>
    /// <param name="sign">The percent sign, or what takes its place.</param>
    /// <param name="length">How long its escapes are.</param>
    public static bool TryReadEscape(ReadOnlySpan<char> text, int index, char sign, out int meaning, out int length)
    {
        Span<byte> bytes = stackalloc byte[LongestSequence];
        int count = 0;
        (meaning, length) = (0, 0);
        while (count < LongestSequence && TryReadByte(text, index + (3 * count), sign, out bytes[count]))
        {
            count++;
            if (bytes[0] < 0x80)
            {
                break;
            }
        }

        if (count == 0 || Rune.DecodeFromUtf8(bytes[..count], out Rune rune, out int consumed) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        (meaning, length) = (rune.Value, 3 * consumed);
        return rune.Value >= ' ' || rune.Value is '\t' or '\n' or '\r';
    }

    /// <summary>Passes over a character, as it is or encoded any number of times: <c>:</c>, <c>%3A</c>, <c>%253A</c>.</summary>
    public static bool TrySkip(ReadOnlySpan<char> text, int index, ReadOnlySpan<char> digits, char plain, out int end)
    {
        end = index + 1;
        if (index >= text.Length || text[index] != '%')
        {
            return index < text.Length && text[index] == plain;
        }

        while (text[end..].StartsWith("25"))
        {
            end += 2;
        }

        bool isEncoded = text[end..].StartsWith(digits, StringComparison.OrdinalIgnoreCase);
        end += 2;
        return isEncoded;
    }

    private static bool TryReadByte(ReadOnlySpan<char> text, int index, char sign, out byte value)
    {
        value = 0;
        return index + 2 < text.Length
            && text[index] == sign
            && char.IsAsciiHexDigit(text[index + 1])
            && char.IsAsciiHexDigit(text[index + 2])
            && byte.TryParse(text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
