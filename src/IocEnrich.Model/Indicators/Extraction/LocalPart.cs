namespace IocEnrich;

/// <summary>How far the part of an e-mail address before its <c>@</c> reaches back in a text.</summary>
internal static class LocalPart
{
    /// <summary>RFC 5321, section 4.5.3.1.1.</summary>
    public const int Longest = 64;

    private static readonly WordSet Rewritten = new("btv1", "msprvs1", "prvs", "srs0", "srs1");

    /// <summary>
    /// Finds the beginning: words joined by <c>+</c>, hyphens or apostrophes; and behind an equals sign the recipient that a list or a relay
    /// has written into the address of the sender (<c>bounce+bob=example.com@list.net</c>, <c>SRS0=…=example.com=bob@relay.net</c>).
    /// </summary>
    public static int FindStart(ReadOnlySpan<char> text, int start, int at, int lowest)
    {
        int local = start;
        while (local - 1 > lowest)
        {
            char joint = text[local - 1];
            bool joins = joint is '+' or '\'' or '-' && CharClasses.IsWord(text[local - 2]);
            if (!joins && !(joint == '=' && IsWrittenInto(text, local, at, lowest)))
            {
                break;
            }

            int word = local - 1;
            while (word > lowest && (CharClasses.IsWord(text[word - 1]) || text[word - 1] == '.'))
            {
                word--;
            }

            if (word == local - 1)
            {
                break;
            }

            local = word;
        }

        return local;
    }

    // A recipient behind the equals sign ends with a domain, and before it stands what a list adds: "email=bob@evil.com" has neither.
    private static bool IsWrittenInto(ReadOnlySpan<char> text, int local, int at, int lowest)
    {
        int begin = local - 1;
        while (begin > lowest && (CharClasses.IsWord(text[begin - 1]) || text[begin - 1] is '.' or '+' or '=' or '-'))
        {
            begin--;
        }

        ReadOnlySpan<char> before = text[begin..(local - 1)];
        int first = before.IndexOf('=');
        if (Rewritten.Contains(first < 0 ? before : before[..first]))
        {
            return true;
        }

        ReadOnlySpan<char> behind = text[local..at];
        int dot = behind.LastIndexOf('.');
        return dot > 0 && before.IndexOfAny('+', '-') > 0 && TopLevelDomains.Contains(behind[(dot + 1)..]);
    }
}
