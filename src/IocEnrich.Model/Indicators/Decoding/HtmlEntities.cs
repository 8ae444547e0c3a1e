using System.Globalization;

namespace IocEnrich;

/// <summary>Character references of HTML and XML: <c>&amp;amp;</c>, <c>&amp;#38;</c>, <c>&amp;#x26;</c>.</summary>
internal static class HtmlEntities
{
    private const int LongestName = 8;
    private const int LongestNumber = 8;

    // ASCII, and what separates words: letters beyond ASCII are read by those who read HTML.
    private static readonly (string Name, char Meaning)[] Names =
    [
        ("amp", '&'), ("AMP", '&'), ("lt", '<'), ("LT", '<'), ("gt", '>'), ("GT", '>'), ("quot", '"'), ("QUOT", '"'), ("apos", '\''),
        ("nbsp", ' '), ("ensp", ' '), ("emsp", ' '), ("thinsp", ' '), ("Tab", '\t'), ("NewLine", '\n'), ("shy", '\u00AD'),
        ("zwnj", '\u200C'), ("zwj", '\u200D'), ("colon", ':'), ("sol", '/'), ("bsol", '\\'), ("period", '.'), ("commat", '@'),
        ("equals", '='), ("quest", '?'), ("num", '#'), ("percnt", '%'), ("lowbar", '_'), ("hyphen", '-'), ("dash", '-'), ("comma", ','),
        ("semi", ';'), ("excl", '!'), ("plus", '+'), ("ast", '*'), ("lpar", '('), ("rpar", ')'), ("lsqb", '['), ("lbrack", '['),
        ("rsqb", ']'), ("rbrack", ']'), ("lcub", '{'), ("rcub", '}'), ("vert", '|'), ("verbar", '|'), ("dollar", '$'), ("Hat", '^'),
        ("grave", '`'), ("laquo", '«'), ("raquo", '»'), ("ldquo", '“'), ("rdquo", '”'), ("lsquo", '‘'), ("rsquo", '’'), ("bull", '•'),
        ("middot", '·'), ("hellip", '…'), ("ndash", '–'), ("mdash", '—'),
    ];

    /// <summary>Reads one reference.</summary>
    /// <param name="index">Where the <c>&amp;</c> stands.</param>
    /// <param name="meaning">The code point that is meant.</param>
    /// <param name="length">How long the reference is.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int index, out int meaning, out int length)
    {
        ReadOnlySpan<char> rest = text.Slice(index + 1, Math.Min(text.Length - index - 1, LongestNumber + 3));
        int end = rest.IndexOf(';');
        length = end + 2;
        meaning = 0;
        if (end < 2)
        {
            return false;
        }

        ReadOnlySpan<char> name = rest[..end];
        return name[0] == '#' ? TryReadNumber(name[1..], out meaning) : end <= LongestName && TryReadName(name, out meaning);
    }

    private static bool TryReadNumber(ReadOnlySpan<char> number, out int code)
    {
        bool isHex = number[0] is 'x' or 'X';
        bool isNumber = isHex
            ? int.TryParse(number[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)
            : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        return isNumber && (code >= ' ' || code is '\t' or '\n' or '\r') && code <= 0x10FFFF && code is < 0xD800 or > 0xDFFF;
    }

    private static bool TryReadName(ReadOnlySpan<char> name, out int code)
    {
        foreach ((string candidate, char meaning) in Names)
        {
            if (name.SequenceEqual(candidate))
            {
                code = meaning;
                return true;
            }
        }

        code = 0;
        return false;
    }
}
