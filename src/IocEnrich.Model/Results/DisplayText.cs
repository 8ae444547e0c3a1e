using System.Globalization;
using System.Text;

namespace IocEnrich;

/// <summary>
/// Makes text that an attacker may have written safe to show. What could act on a terminal or mislead a reader (control characters and
/// with them every escape sequence, bidirectional overrides, line separators, invisible format characters, broken surrogates) becomes
/// visible as <c>\u{001B}</c> and the like; the rest stays as it is, in whatever script.
/// </summary>
public static class DisplayText
{
    /// <summary>The length, in UTF-16 units, at which a text from the service is cut.</summary>
    public const int MaxLength = 512;

    /// <summary>The text, made safe and no longer than <paramref name="maxLength"/> plus an ellipsis.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">How many UTF-16 units of it are kept; what is cut is marked with an ellipsis.</param>
    public static string Clean(string text, int maxLength = MaxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            // All but a few texts: one look tells, and it is a job's million indicators that are looked at.
            return text;
        }

        int firstUnsafe = IndexOfUnsafe(text);
        if (firstUnsafe < 0 && text.Length <= maxLength)
        {
            return text;
        }

        StringBuilder clean = new(Math.Min(text.Length, maxLength) + 16);
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (index >= maxLength)
            {
                clean.Append('…');
                break;
            }

            // EnumerateRunes gives U+FFFD for a lone surrogate, one UTF-16 unit long as U+FFFD itself is.
            index += rune.Utf16SequenceLength;
            if (IsUnsafe(rune))
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
            }
            else
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static int IndexOfUnsafe(string text)
    {
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune) || (rune == Rune.ReplacementChar && text[index] != '\uFFFD'))
            {
                return index;
            }

            index += rune.Utf16SequenceLength;
        }

        return -1;
    }

    private static bool IsUnsafe(Rune rune) =>
        rune.Value >= 0x7F || rune.Value < 0x20
            ? Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            : false;
}
