using System.Globalization;
using System.Text;

namespace IocEnrich;

/// <summary>
/// Makes text that an attacker may have written safe to show. What could act on a terminal, mislead a reader or leave its place on the
/// screen (control characters and with them every escape sequence, bidirectional overrides, line separators, invisible characters, piles
/// of combining marks, broken surrogates) becomes visible as <c>\u{001B}</c> and the like; the rest stays as it is, in whatever script.
/// </summary>
public static class DisplayText
{
    /// <summary>The length, in UTF-16 units, at which a text from the service is cut.</summary>
    public const int MaxLength = 512;

    /// <summary>The length, in UTF-16 units, at which a whole message is cut where it holds texts of others, such as names of files.</summary>
    public const int MaxMessageLength = 2_000;

    // More marks on one letter than any script needs, and few enough to stay within a line.
    private const int MostMarks = 4;

    /// <summary>Makes a text safe to show, and cuts it.</summary>
    /// <param name="maxLength">
    /// The length in UTF-16 units, after which the text is cut with an ellipsis. Characters made visible count in their longer form; the
    /// last one may exceed the limit.
    /// </param>
    public static string Clean(string text, int maxLength = MaxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            // All but a few texts: one look tells, and it is a job's million indicators that are looked at.
            return text;
        }

        StringBuilder clean = new(Math.Min(text.Length, maxLength) + 16);
        bool isSame = true;
        int marks = MostMarks;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length >= maxLength)
            {
                return clean.Append('…').ToString();
            }

            // A mark stands on the letter before it: at the beginning that would be one of another text.
            marks = IsMark(rune) ? marks + 1 : 0;
            if (IsUnsafe(rune) || marks > MostMarks)
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
                isSame = false;
            }
            else
            {
                // EnumerateRunes gives U+FFFD for a lone surrogate.
                isSame &= rune != Rune.ReplacementChar;
                clean.Append(rune.ToString());
            }
        }

        return isSame ? text : clean.ToString();
    }

    private static bool IsMark(Rune rune) => rune.Value >= 0x300
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsUnsafe(Rune rune) => (rune.Value >= 0x7F || rune.Value < 0x20)
        && (IsBlankOrHuge(rune.Value) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    // By their category they are letters, symbols or marks; but nothing is seen of them: the Hangul fillers, the grapheme joiner, the empty
    // Braille pattern. Or far more than one letter: a whole sentence in Arabic.
    private static bool IsBlankOrHuge(int value) => value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F or 0x2800 or 0xFDFD;
}
