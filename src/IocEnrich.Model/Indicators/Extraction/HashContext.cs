namespace IocEnrich;

/// <summary>Whether digits of the length of a hash are the hash of a file, by the label beside them and by where they stand.</summary>
internal static class HashContext
{
    private const int LongestLabel = 48;
    private const int LongestGap = 16;
    private const int MostWords = 4;

    public static bool IsOfFile(ReadOnlySpan<char> text, int start, int end) =>
        !IsBoundary(text, start, end) && !LabelBefore(text, start) && !LabelBehind(text, end);

    // "imphash: …", "JA3 hash = …", "| SHA3-256 | …", "SHA1 Fingerprint=…"
    private static bool LabelBefore(ReadOnlySpan<char> text, int start)
    {
        int lowest = Math.Max(0, start - LongestLabel - LongestGap);
        int index = SkipGap(text, start, lowest, out bool hasSeparator);
        for (int words = 0; words < MostWords && index > lowest; words++)
        {
            while (index > lowest && text[index - 1] is '_' or '-' or '.' or ' ' or '(' or ')' or '/')
            {
                index--;
            }

            int begin = index;
            while (begin > lowest && char.IsAsciiLetterOrDigit(text[begin - 1]))
            {
                begin--;
            }

            ReadOnlySpan<char> word = text[begin..index];
            if (word.IsEmpty)
            {
                return false;
            }

            if (HashLabels.IsOther(word) || HashLabels.IsCertificate(word))
            {
                return true;
            }

            // In prose only what is said of the hash counts: "the JA3 hash …", not "the JA3 and the file …".
            bool isJoined = begin > lowest && text[begin - 1] is '_' or '-' or '.';
            if (!hasSeparator && !isJoined && !HashLabels.IsNeutral(word))
            {
                return false;
            }

            index = begin;
        }

        return false;
    }

    // "… (imphash)", "… # JA3"
    private static bool LabelBehind(ReadOnlySpan<char> text, int end)
    {
        int index = end;
        while (index < text.Length && text[index] is ' ' or '"' or '`' or '\t')
        {
            index++;
        }

        if (index >= text.Length || text[index] is not ('(' or '[' or '#'))
        {
            return false;
        }

        index++;
        while (index < text.Length && text[index] == ' ')
        {
            index++;
        }

        int begin = index;
        while (index < text.Length && char.IsAsciiLetterOrDigit(text[index]))
        {
            index++;
        }

        return HashLabels.IsOther(text[begin..index]);
    }

    private static int SkipGap(ReadOnlySpan<char> text, int start, int lowest, out bool hasSeparator)
    {
        int index = start;
        hasSeparator = false;
        while (index > lowest && start - index < LongestGap)
        {
            char c = text[index - 1];
            if (c is not (' ' or '\t' or ':' or '=' or '"' or '\'' or '|' or '>' or '`' or '*' or '[' or '{' or ',' or '\u00A0'))
            {
                break;
            }

            if (c == '>' && SkipTag(text, index, lowest) is { } tag)
            {
                hasSeparator = true;
                index = tag;
                continue;
            }

            // Behind a comma the next value of a list begins, unless the one before it was the name.
            if (c == ',' && !(index > 1 && text[index - 2] is '"' or '\''))
            {
                break;
            }

            hasSeparator |= c is ':' or '=' or '|' or '"' or '\'' or '\t';
            index--;
        }

        return index;
    }

    // "<td>imphash</td><td>…"
    private static int? SkipTag(ReadOnlySpan<char> text, int index, int lowest)
    {
        int open = text[lowest..index].LastIndexOf('<');
        return open >= 0 && index - lowest - open < LongestGap ? lowest + open : null;
    }

    // The lines between the parts of a mail, and what tells of them: "--b1_…", "boundary=\"…\"".
    private static bool IsBoundary(ReadOnlySpan<char> text, int start, int end)
    {
        int begin = start;
        int lowest = Math.Max(0, start - LongestLabel);
        while (begin > lowest && (CharClasses.IsWord(text[begin - 1]) || text[begin - 1] is '=' or '.' or '+' or '/' or '\'' or '(' or ')' or ',' or ':' or '?'))
        {
            begin--;
        }

        ReadOnlySpan<char> before = text[begin..start];
        bool atLineStart = begin == 0 || text[begin - 1] is '\n' or '\r';
        if (atLineStart && before.StartsWith("--"))
        {
            int stop = end;
            while (stop < text.Length && stop - end < LongestLabel && text[stop] > ' ')
            {
                stop++;
            }

            return before.IndexOf(':') < 0 && (stop == text.Length || text[stop] is '\r' or '\n') && !HasFileLabel(before);
        }

        if (before.StartsWith("boundary=", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        int name = begin > 0 && text[begin - 1] is '"' or '\'' ? begin - 1 : begin;
        return text[..name].EndsWith("boundary=", StringComparison.OrdinalIgnoreCase);
    }

    // "--sha256=…" of a command line.
    private static bool HasFileLabel(ReadOnlySpan<char> before) =>
        before[^1] == '=' && (before.Contains("md5", StringComparison.OrdinalIgnoreCase)
            || before.Contains("sha", StringComparison.OrdinalIgnoreCase)
            || before.Contains("hash", StringComparison.OrdinalIgnoreCase));
}
