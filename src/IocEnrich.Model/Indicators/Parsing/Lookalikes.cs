namespace IocEnrich;

/// <summary>
/// Characters outside ASCII that stand for an ASCII one where an indicator is meant: the full stops that IDNA treats as dots
/// (RFC 3490, section 3.1), the middle dots that people write in their place, and the full-width punctuation of East Asian keyboards.
/// </summary>
internal static class Lookalikes
{
    /// <summary>The ASCII character that is meant, or the character itself.</summary>
    public static char ToAscii(char c) => c switch
    {
        < '\u0080' => c,
        '\u3002' or '\uFF0E' or '\uFF61' or '\u30FB' or '\u2024' or '\u00B7' => '.',
        '\uFF1A' or '\uA789' or '\u2236' => ':',
        '\uFF0F' or '\u2044' or '\u2215' => '/',
        '\uFF20' or '\uFE6B' => '@',
        '\uFF3B' or '\u3010' => '[',
        '\uFF3D' or '\u3011' => ']',
        '\uFF08' => '(',
        '\uFF09' => ')',
        '\uFF5B' => '{',
        '\uFF5D' => '}',
        '\uFF1C' => '<',
        '\uFF1E' => '>',
        '\uFF0C' => ',',
        '\uFF0D' or '\u2010' or '\u2011' or '\u2212' => '-',
        '\uFF1F' => '?',
        '\uFF1D' => '=',
        '\uFF06' => '&',
        _ => c,
    };

    /// <summary>Whether the character stands for ASCII punctuation, and so ends a word.</summary>
    public static bool IsSeparator(char c) => c >= '\u0080' && ToAscii(c) != c;

    /// <summary>
    /// Whether the character is seen by nobody: zero-width spaces and joiners, the soft hyphen, byte-order marks, direction marks.
    /// They travel with text that is copied from web pages, and are dropped wherever they stand.
    /// </summary>
    public static bool IsInvisible(char c) => c switch
    {
        '\u00AD' or '\u034F' or '\u061C' or '\u180E' or '\uFEFF' => true,
        >= '\u200B' and <= '\u200F' => true,
        >= '\u202A' and <= '\u202E' => true,
        >= '\u2060' and <= '\u206F' => true,
        >= '\uFE00' and <= '\uFE0F' => true,
        < '\u0020' => c is not ('\t' or '\n' or '\v' or '\f' or '\r'),
        '\u007F' => true,
        _ => false,
    };
}
