namespace IocEnrich;

/// <summary>What a character can be in an indicator. One table, so that a text is read once and every question is one AND.</summary>
[Flags]
internal enum CharClass : byte
{
    /// <summary>Cannot stand in a plain indicator: a bracket, a quote, a space, a control, or outside ASCII.</summary>
    None = 0,

    Digit = 1,

    /// <summary>A letter from A to F, in either case.</summary>
    HexLetter = 2,

    /// <summary>A letter from G to Z, in either case.</summary>
    OtherLetter = 4,

    /// <summary>Set beside one of the two above.</summary>
    Upper = 8,

    /// <summary>A hyphen or an underscore.</summary>
    Hyphen = 16,

    /// <summary>A dot.</summary>
    Dot = 32,

    /// <summary>A colon or a slash.</summary>
    Slash = 64,

    /// <summary>What else may stand in a URL or in the local part of an e-mail address.</summary>
    Mark = 128,

    Hex = Digit | HexLetter,
    Letter = HexLetter | OtherLetter,
    Word = Digit | HexLetter | OtherLetter | Hyphen,
}

/// <summary>The classes of the 128 ASCII characters.</summary>
internal static class CharClasses
{
    private static readonly CharClass[] Table = Build();

    /// <summary>The class of a character; <see cref="CharClass.None"/> outside ASCII.</summary>
    public static CharClass Of(char c) => c < 128 ? Table[c] : CharClass.None;

    /// <summary>Finds the end of a word, and what it consists of. Most of the time of an extraction is spent here.</summary>
    /// <param name="start">Inside a word, or at its end.</param>
    /// <param name="seen">What was seen; <see cref="CharClass.Mark"/> for a letter beyond ASCII.</param>
    public static int EndOfWord(ReadOnlySpan<char> text, int start, out CharClass seen)
    {
        CharClass[] table = Table;
        CharClass all = CharClass.None;
        int end = start;
        for (; end < text.Length; end++)
        {
            // One comparison tells ASCII from the rest and spares the check of the index.
            char c = text[end];
            if (c < (uint)table.Length)
            {
                CharClass own = table[c];
                if ((own & CharClass.Word) == 0)
                {
                    break;
                }

                all |= own;
            }
            else if (IsLetterBeyondAscii(c))
            {
                all |= CharClass.Mark;
            }
            else
            {
                break;
            }
        }

        seen = all;
        return end;
    }

    /// <summary>Whether the character can be part of a label: a letter or digit of any script, a hyphen, an underscore.</summary>
    public static bool IsWord(char c) => c < 128 ? (Table[c] & CharClass.Word) != 0 : IsLetterBeyondAscii(c);

    /// <summary>Whether the character is a letter or a digit of any script.</summary>
    public static bool IsAlphanumeric(char c) =>
        c < 128 ? (Table[c] & (CharClass.Letter | CharClass.Digit)) != 0 : IsLetterBeyondAscii(c);

    /// <summary>Letters, digits and combining marks; a half of a surrogate pair counts, so that a pair is never torn.</summary>
    public static bool IsLetterBeyondAscii(char c) =>
        c >= 128 && (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsCombining(c)) && !Lookalikes.IsSeparator(c);

    private static bool IsCombining(char c) =>
        char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static CharClass[] Build()
    {
        CharClass[] table = new CharClass[128];
        for (char c = '0'; c <= '9'; c++)
        {
            table[c] = CharClass.Digit;
        }

        for (char c = 'a'; c <= 'z'; c++)
        {
            CharClass letter = c <= 'f' ? CharClass.HexLetter : CharClass.OtherLetter;
            table[c] = letter;
            table[char.ToUpperInvariant(c)] = letter | CharClass.Upper;
        }

        table['-'] = table['_'] = CharClass.Hyphen;
        table['.'] = CharClass.Dot;
        table[':'] = table['/'] = CharClass.Slash;
        foreach (char c in "?=&%~+@!$*,;#'")
        {
            table[c] = CharClass.Mark;
        }

        return table;
    }
}
