using System.Buffers;
using MimeKit.Text;

namespace IocEnrich.Engine.Documents.Html;

/// <summary>Decodes character references as browsers do (WHATWG HTML, 13.2.5.72 to 13.2.5.80).</summary>
internal static class CharacterReferences
{
    // The longest name, with its ampersand and its semicolon.
    private const int LongestName = 33;

    // What nobody sees in a text: soft hyphens, blanks and joiners without a width, byte order marks.
    private static readonly SearchValues<char> Invisible = SearchValues.Create("\u00AD\u200B\u200C\u200D\u2060\uFEFF");

    [ThreadStatic]
    private static HtmlEntityDecoder? s_decoder;

    /// <summary>Appends a part of the source with its references decoded.</summary>
    /// <param name="start">Where the part begins.</param>
    /// <param name="isAttribute">Whether it is the value of an attribute: there <c>&amp;copy=1</c> is no sign of copyright.</param>
    /// <param name="text">Takes the text.</param>
    internal static void Decode(ReadOnlySpan<char> html, int start, int end, bool isAttribute, MappedText text)
    {
        int from = start;
        while (from < end)
        {
            int found = html[from..end].IndexOf('&');
            int ampersand = found < 0 ? end : from + found;
            AppendPlain(html, from, ampersand, isAttribute, text);

            if (ampersand == end)
            {
                return;
            }

            int length = Read(html[ampersand..end], isAttribute, out string value);
            if (length == 0)
            {
                text.Append("&", ampersand);
                from = ampersand + 1;
            }
            else
            {
                text.AppendFor(ampersand, !isAttribute && value.Length == 1 && Invisible.Contains(value[0]) ? "" : value);
                from = ampersand + length;
            }
        }
    }

    private static void AppendPlain(ReadOnlySpan<char> html, int start, int end, bool isAttribute, MappedText text)
    {
        while (start < end)
        {
            int found = isAttribute ? -1 : html[start..end].IndexOfAny(Invisible);
            int stop = found < 0 ? end : start + found;
            if (stop > start)
            {
                text.Append(html[start..stop], start);
            }

            start = stop + 1;
        }
    }

    private static int Read(ReadOnlySpan<char> html, bool isAttribute, out string value)
    {
        value = "";
        if (html.Length > 2 && html[1] == '#')
        {
            return ReadNumber(html, out value);
        }

        if (html.Length < 2 || !char.IsAsciiLetter(html[1]))
        {
            return 0;
        }

        // The decoder takes a name as long as it may be one, and gives its character with what it has taken for nothing behind it. Without
        // a semicolon the names of old stand as far as they go: "&notx" is "¬x".
        HtmlEntityDecoder decoder = s_decoder ??= new HtmlEntityDecoder();
        decoder.Reset();
        int taken = 0;
        while (taken < html.Length && taken < LongestName && (taken == 0 || html[taken] == ';' || char.IsAsciiLetterOrDigit(html[taken])) && decoder.Push(html[taken]))
        {
            taken++;
        }

        value = decoder.GetValue();
        if (html[..taken].SequenceEqual(value))
        {
            return 0;
        }

        int rest = CommonEnd(html[..taken], value);
        int length = taken - rest;
        value = value[..^rest];
        return isAttribute && html[length - 1] != ';' && length < html.Length && (html[length] == '=' || char.IsAsciiLetterOrDigit(html[length])) ? 0 : length;
    }

    private static int CommonEnd(ReadOnlySpan<char> taken, ReadOnlySpan<char> value)
    {
        int rest = 0;
        while (rest < value.Length - 1 && value[^(rest + 1)] == taken[^(rest + 1)])
        {
            rest++;
        }

        return rest;
    }

    private static int ReadNumber(ReadOnlySpan<char> html, out string value)
    {
        bool isHex = html[2] is 'x' or 'X';
        int start = isHex ? 3 : 2;
        int end = start;
        int code = 0;
        while (end < html.Length && (isHex ? char.IsAsciiHexDigit(html[end]) : char.IsAsciiDigit(html[end])))
        {
            code = code > 0x10FFFF ? code : (code * (isHex ? 16 : 10)) + ValueOf(html[end]);
            end++;
        }

        value = code is 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) ? "\uFFFD" : code is >= 0x80 and < 0xA0 ? Windows1252(code) : char.ConvertFromUtf32(code);
        return end == start ? 0 : end < html.Length && html[end] == ';' ? end + 1 : end;
    }

    private static int ValueOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static string Windows1252(int code) => System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString([(byte)code]);
}
