using System.Globalization;

namespace IocEnrich;

/// <summary>The equals signs of quoted-printable (RFC 2045, section 6.7) in a text that has lost its header: <c>=3D</c>, <c>=C3=A9</c>.</summary>
internal static class QuotedPrintable
{
    /// <summary>
    /// Whether a run of text is written in it: each of its equals signs is an escape, and one of them stands for an equals sign that has a
    /// value behind it. <c>?view=3D&amp;x=1</c> and <c>?view=3D</c> are URLs.
    /// </summary>
    public static bool IsEncoded(ReadOnlySpan<char> run)
    {
        bool hasValue = false;
        for (int index = run.IndexOf('='); index >= 0 && index < run.Length;)
        {
            if (index + 1 < run.Length && (!TryReadByte(run, index, out _) || IsHexValue(run[(index + 1)..])))
            {
                return false;
            }

            hasValue |= run[index..].StartsWith("=3D", StringComparison.Ordinal) && index + 3 < run.Length && run[index + 3] is not ('&' or '#');
            int next = run[(index + 1)..].IndexOf('=');
            index = next < 0 ? run.Length : index + 1 + next;
        }

        return hasValue;
    }

    /// <summary>Whether letters beyond ASCII begin here: <c>=E2=80=9C</c>.</summary>
    public static bool IsEncodedLetter(ReadOnlySpan<char> text, int index) =>
        TryReadByte(text, index, out byte lead) && lead >= 0xC2 && PercentEncoding.TryReadEscape(text, index, '=', out _, out _);

    // "SHA256=3D52…", "guid=3D52A1B2-…": of 256 such values one begins so. Encoded, it would have two digits more.
    private static bool IsHexValue(ReadOnlySpan<char> value)
    {
        int end = value.IndexOfAnyExcept(CharSets.HexDigits);
        int length = end < 0 ? value.Length : end;
        return length is 16 or 24 or 32 or 40 or 64 or 96 or 128 || (length == 8 && end > 0 && value[end] == '-');
    }

    private static bool TryReadByte(ReadOnlySpan<char> text, int index, out byte value)
    {
        value = 0;
        return index + 2 < text.Length
            && text[index + 1] is (>= '0' and <= '9') or (>= 'A' and <= 'F')
            && byte.TryParse(text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
