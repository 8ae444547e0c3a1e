using System.Text;

namespace IocEnrich.Engine.Documents.Encodings;

/// <summary>What the first bytes of a text tell of its encoding.</summary>
internal static class TextBeginning
{
    /// <summary>How many bytes are looked at.</summary>
    internal const int Length = 4096;

    /// <summary>The encoding that a byte order mark names; <see langword="null"/> for none.</summary>
    internal static Encoding? OfMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        _ => null,
    };

    /// <summary>
    /// UTF-16 or UTF-32 without a byte order mark, by the zeros that every blank, line feed and letter of ASCII brings; ISO-2022-JP by its
    /// escapes, which are valid UTF-8. <see langword="null"/> for anything else.
    /// </summary>
    internal static Encoding? OfBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf((byte)0) < 0)
        {
            return bytes.IndexOf("\x1B$B"u8) >= 0 || bytes.IndexOf("\x1B$@"u8) >= 0 ? EncodingNames.Find("iso-2022-jp") : null;
        }

        Span<int> zeros = stackalloc int[4];
        int units = bytes.Length / 4;
        for (int i = 0; i < units * 4; i++)
        {
            zeros[i & 3] += bytes[i] == 0 ? 1 : 0;
        }

        if (bytes.Length is >= 2 and < 4)
        {
            return bytes[0] == 0 ? Encoding.BigEndianUnicode : bytes[1] == 0 ? Encoding.Unicode : null;
        }

        // The high bytes of text are zero, and its low bytes are not. Of Chinese or Japanese text a blank or a line end now and then is.
        int high = zeros[1] + zeros[3];
        int low = zeros[0] + zeros[2];
        if (zeros[2] > units * 0.9 && zeros[3] > units * 0.9 && zeros[0] < units * 0.1)
        {
            return Encoding.UTF32;
        }

        if (zeros[0] > units * 0.9 && zeros[1] > units * 0.9 && zeros[3] < units * 0.1)
        {
            return new UTF32Encoding(bigEndian: true, byteOrderMark: false);
        }

        return IsText(high, low, units) ? Encoding.Unicode : IsText(low, high, units) ? Encoding.BigEndianUnicode : null;

        static bool IsText(int high, int low, int units) => high > units * 2 * 0.3 && low < units * 2 * 0.02;
    }
}
