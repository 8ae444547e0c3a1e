namespace IocEnrich;

/// <summary>Tells the tokens that can be read as they stand, most of all that there are, from those that need a closer look.</summary>
internal static class PlainToken
{
    /// <summary>Whether nothing in the token can be a wrapping or a defanging.</summary>
    public static bool IsPlain(ReadOnlySpan<char> token)
    {
        if (token.Length < 2)
        {
            return false;
        }

        CharClass seen = CharClass.None;
        char previous = '\0';
        foreach (char c in token)
        {
            CharClass own = CharClasses.Of(c);
            if (own == CharClass.None || (c == '_' && previous == '_'))
            {
                return false;
            }

            seen |= own;
            previous = c;
        }

        // "*", "," and "'" begin or end what is wrapped; a colon ends an address that is compressed at its end.
        CharClass first = CharClasses.Of(token[0]);
        CharClass last = CharClasses.Of(token[^1]);
        const CharClass Edge = CharClass.Word | CharClass.Slash;
        bool endsWithColon = token[^1] == ':' && token[^2] != ':';
        if ((first & Edge) == 0 || (last & Edge) == 0 || token[0] is '_' or '-' || token[^1] is '_' or '-' || endsWithColon)
        {
            return false;
        }

        // Each of the words has a letter that is no hexadecimal digit: a hash in capitals holds none.
        bool hasCapitals = (seen & CharClass.Upper) != 0 && (seen & CharClass.OtherLetter) != 0;
        return !hasCapitals || !MayHoldWord(token);
    }

    /// <summary>The name that <c>*.evil.com</c> or <c>.evil.com</c> stands for: VirusTotal has no names under a name.</summary>
    public static ReadOnlySpan<char> StripWildcard(ReadOnlySpan<char> token)
    {
        int index = 0;
        while (index < token.Length && (token[index] is '*' or '.' || (index > 0 && Defanging.IsBracket(token[index]))))
        {
            index++;
        }

        return index > 0 && index < token.Length && CharClasses.IsWord(token[index]) ? token[index..] : token;
    }

    // "evilDOTcom", "bobATevil.com"
    private static bool MayHoldWord(ReadOnlySpan<char> token)
    {
        for (int i = token.IndexOfAny('D', 'A', 'E'); i >= 0 && i < token.Length; i++)
        {
            if (token[i] is 'D' or 'A' or 'E' && Defanging.TryReadCapitals(token, i, out _, out _))
            {
                return true;
            }
        }

        return false;
    }
}
