using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace IocEnrich;

/// <summary>
/// The escapes of JSON, of C and its relatives, and of regular expressions: <c>\n</c>, <c>\"</c>, <c>\/</c>, <c>\u0026</c>, <c>\x26</c>,
/// <c>\.</c>. A path of Windows is full of backslashes too, and is none of it.
/// </summary>
internal static class BackslashEscapes
{
    private static readonly AsciiSet Classes = new("dDwWsSBAZzpPk");
    private static readonly AsciiSet Punctuation = new("\"'`/\\.-:@?+*()[]{}<>|^$&=#%!,;~_");

    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    /// <summary>Reads one escape.</summary>
    /// <param name="index">Where the backslash stands.</param>
    /// <param name="meaning">The code point that is meant; a half of a pair stands for itself.</param>
    /// <param name="length">How long the escape is.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int index, out int meaning, out int length)
    {
        (meaning, length) = (0, 2);
        if (index + 1 >= text.Length)
        {
            return false;
        }

        char c = text[index + 1];
        switch (c)
        {
            case 'n' or 'r' or 't' or 'b' or '0':
                meaning = c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => ' ' };
                return true;
            case 'u' when index + 2 < text.Length && text[index + 2] == '{':
                int close = text.Slice(index, Math.Min(12, text.Length - index)).IndexOf('}');
                length = close + 1;
                return close > 3 && TryReadHex(text.Slice(index + 3, close - 3), out meaning);
            case 'x' when TryReadBytes(text, index, out meaning, out length):
                return true;
            case 'u' or 'U' or 'x':
                int digits = c switch { 'u' => 4, 'U' => 8, _ => 2 };
                length = 2 + digits;
                return index + length <= text.Length && TryReadHex(text.Slice(index + 2, digits), out meaning);
            default:
                meaning = c;
                return Punctuation.Contains(c);
        }
    }

    /// <summary>Whether a run of text is written in such escapes.</summary>
    /// <param name="start">Where the run begins.</param>
    public static bool IsEscaped(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> run = text[start..end];
        bool allDoubled = true;
        bool anyEscape = false;
        for (int index = run.IndexOf('\\'); index >= 0 && index < run.Length;)
        {
            int group = run[index..].IndexOfAnyExcept('\\');
            int length = group < 0 ? run.Length - index : group;
            bool isOdd = (length & 1) == 1;
            allDoubled &= !isOdd;
            anyEscape = true;
            if (length == 2 && IsSlashes(run, index))
            {
                return false;
            }

            int last = index + length - 1;
            if (isOdd && !IsEscapeOrClass(run, last) && last + 1 < run.Length)
            {
                // "C:\Users", "HKLM\Software": a backslash that means nothing in a string separates the names of a path.
                return false;
            }

            int next = run[(index + length)..].IndexOf('\\');
            index = next < 0 ? run.Length : index + length + next;
        }

        return anyEscape && (allDoubled || !IsPath(text, start, end));
    }

    /// <summary>Whether a URL follows the escape, so that it is one even in what looks like a path.</summary>
    public static bool IsBeforeUrl(ReadOnlySpan<char> text, int index) =>
        index + 2 < text.Length && text[index + 1] is 'n' or 'r' or 't' && SchemeLength(text[(index + 2)..]) > 0;

    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        foreach (string scheme in (ReadOnlySpan<string>)["http://", "https://", "hxxp://", "hxxps://", "ftp://", "hxxp[:]//", "hxxps[:]//"])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return scheme.Length;
            }
        }

        return 0;
    }

    private static bool IsEscapeOrClass(ReadOnlySpan<char> run, int index)
    {
        if (TryRead(run, index, out _, out _))
        {
            // A backspace stands in no text; a boundary of words does in expressions.
            return run[index + 1] != 'b' || run.IndexOf("\\.") >= 0;
        }

        bool isClass = index + 1 < run.Length && Classes.Contains(run[index + 1]);
        return isClass && (index + 2 >= run.Length || !char.IsAsciiLetterOrDigit(run[index + 2]));
    }

    // "hxxp:\\host\path" is a URL with its slashes turned round; "\\host\share" and "\\host@80\x" name a machine.
    private static bool IsSlashes(ReadOnlySpan<char> run, int index)
    {
        ReadOnlySpan<char> rest = run[(index + 2)..];
        if (rest.IsEmpty || !CharClasses.IsAlphanumeric(rest[0]))
        {
            return false;
        }

        if (index > 1 && run[index - 1] == ':')
        {
            return run[index - 2] is 'p' or 'P' or 's' or 'S';
        }

        if (index > 0 && run[index - 1] is not ('\'' or '(' or '[' or '=' or '`' or ','))
        {
            return false;
        }

        int stop = rest.IndexOfAnyExcept(HostCharacters);
        if (IPv4Text.HasShape(stop < 0 ? rest : rest[..stop]) && (stop < 0 || rest[stop] is not ('\\' or '@')))
        {
            // "CName=\\198.51.100.7;"
            return true;
        }

        if (stop <= 0 || stop + 2 >= rest.Length || !rest[..stop].Contains('.'))
        {
            return false;
        }

        if (rest[stop] != '@')
        {
            return rest[stop] == '\\' && rest[stop + 1] != '\\' && !TryRead(run, index + 1, out _, out _);
        }

        ReadOnlySpan<char> port = rest[(stop + 1)..];
        int end = port.IndexOf('\\');
        return end > 0 && (CharSets.AreDigits(port[..end]) || port.StartsWith("SSL", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPath(ReadOnlySpan<char> text, int start, int end)
    {
        // A path may have spaces in it: what stands before on the line, up to a quote, belongs to it.
        const int Behind = 120;
        ReadOnlySpan<char> before = text[Math.Max(0, start - Behind)..start];
        before = before[(before.LastIndexOfAny('"', '\n', '\'') + 1)..];
        ReadOnlySpan<char> run = text[start..end];
        return HasDrive(before) || HasDrive(run) || run.StartsWith(".\\") || run.StartsWith("..\\") || run.StartsWith("~\\")
            || EndsWithVariable(run[..run.IndexOf('\\')]) || run.StartsWith("HK");
    }

    // "%TEMP%\new.exe"
    private static bool EndsWithVariable(ReadOnlySpan<char> before) => before.EndsWith("%") && before[..^1].Contains('%');

    private static bool HasDrive(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(":\\");
        return colon > 0
            && char.IsAsciiLetter(text[colon - 1])
            && (colon == 1 || !char.IsAsciiLetterOrDigit(text[colon - 2]))
            && colon + 2 < text.Length
            && (char.IsAsciiLetterOrDigit(text[colon + 2]) || text[colon + 2] is '$' or '%' or '_' or '.');
    }

    // "b\xc3\xbccher.de": the bytes of a text in UTF-8, as Python and shells write them. What is not that are code points.
    [MethodImpl(MethodImplOptions.NoInlining)] // Its buffer would be cleared for every escape.
    private static bool TryReadBytes(ReadOnlySpan<char> text, int index, out int meaning, out int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        int count = 0;
        while (count < bytes.Length
            && index + (4 * count) + 3 < text.Length
            && text.Slice(index + (4 * count), 2) is "\\x"
            && byte.TryParse(text.Slice(index + (4 * count) + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[count]))
        {
            count++;
            if (bytes[0] < 0xC2)
            {
                // Most are of ASCII, and of no sequence.
                break;
            }
        }

        (meaning, length) = (0, 2);
        if (count < 2 || Rune.DecodeFromUtf8(bytes[..count], out Rune rune, out int consumed) != OperationStatus.Done)
        {
            return false;
        }

        (meaning, length) = (rune.Value, 4 * consumed);
        return true;
    }

    private static bool TryReadHex(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 0x10FFFF;
}
