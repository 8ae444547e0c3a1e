namespace IocEnrich;

/// <summary>
/// A separator between two labels in free text. Here brackets and words are mostly prose, so a wrapping must begin with an opener, and a
/// word must be wrapped on both sides; <see cref="Defanging"/> is for tokens, which are meant to be indicators.
/// </summary>
/// <param name="Character">The separator that is meant.</param>
/// <param name="End">Where the next label begins.</param>
/// <param name="IsDefanged">Whether it is not the plain character.</param>
/// <param name="IsWeak">Whether it is a word between spaces, which only counts in company.</param>
internal readonly record struct DefangedSeparator(char Character, int End, bool IsDefanged, bool IsWeak)
{
    private const int Window = 24;

    /// <param name="index">Behind a label.</param>
    /// <param name="inCompany">Whether another word between spaces, or an <c>@</c>, came before.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int index, bool inCompany, out DefangedSeparator mark)
    {
        char c = text[index];
        mark = default;
        if (c is '.' or '@' && index + 1 < text.Length && CharClasses.IsAlphanumeric(text[index + 1]))
        {
            mark = new DefangedSeparator(c, index + 1, IsDefanged: false, IsWeak: false);
            return true;
        }

        if (c == '.' && index + 1 < text.Length && text[index + 1] == '_')
        {
            mark = new DefangedSeparator('.', index + 1, IsDefanged: false, IsWeak: false);
            return true;
        }

        if (c >= 128)
        {
            return TryReadLookalike(text, index, out mark);
        }

        bool wrapsNext = index + 1 < text.Length && text[index + 1] is ' ' or '.' or '\\' or '^' or ']' or ')' or '}';
        if (c == ' ' && !wrapsNext && !CandidateFilter.MaySpellSeparator(text, index + 1))
        {
            // Most names are followed by a space and the next word.
            return false;
        }

        bool mayWrap = c is '[' or '(' or '{' or '<' or '\\' or '^' or ' ' or '.' or '@';
        return mayWrap && TryReadWrapped(text, index, inCompany, out mark);
    }

    // An ideographic full stop ends sentences too: only between ASCII letters is it a dot.
    private static bool TryReadLookalike(ReadOnlySpan<char> text, int index, out DefangedSeparator mark)
    {
        char plain = Lookalikes.ToAscii(text[index]);
        mark = new DefangedSeparator(plain, index + 1, IsDefanged: true, IsWeak: false);
        return plain is '.' or '@'
            && index > 0
            && index + 1 < text.Length
            && char.IsAsciiLetterOrDigit(text[index - 1])
            && char.IsAsciiLetterOrDigit(text[index + 1]);
    }

    private static bool TryReadWrapped(ReadOnlySpan<char> text, int index, bool inCompany, out DefangedSeparator mark)
    {
        // One character before, so that a word is not taken for the beginning of the text.
        int from = Math.Max(0, index - 1);
        ReadOnlySpan<char> window = text[from..Math.Min(text.Length, index + Window)];
        mark = default;
        if (!Defanging.TryRead(window, index - from, desperate: false, out char meant, out int end))
        {
            return false;
        }

        end += from;
        ReadOnlySpan<char> slice = text[index..end];
        if (IsTorn(slice, meant) || IsSelector(text, slice, end))
        {
            return false;
        }

        bool nextIsLabel = end < text.Length && CharClasses.IsAlphanumeric(text[end]);
        if (!nextIsLabel || meant is not ('.' or '@' or '-') || slice.IndexOfAny('\n', '\r', '\t') >= 0)
        {
            return false;
        }

        bool isWord = slice.IndexOfAnyInRange('A', 'z') is >= 0 && ContainsLetter(slice);
        bool opens = slice.IndexOfAny("[({<") >= 0;
        bool closes = slice.IndexOfAny("])}>") >= 0;
        mark = new DefangedSeparator(meant, end, IsDefanged: true, IsWeak: isWord && !opens);
        if (mark.IsWeak)
        {
            return !closes && IsWeakMark(text, index, slice, end, meant, inCompany);
        }

        if (isWord)
        {
            return closes;
        }

        // "evil.]com": the closer alone, and nothing between it and the label; otherwise an opener, a backslash or a caret leads.
        ReadOnlySpan<char> trimmed = slice.TrimStart(' ');
        return trimmed[0] is '.' or '@' && closes
            ? slice.Length == 2 || meant == '@'
            : trimmed[0] is '[' or '(' or '{' or '<' or '\\' or '^' || (meant == '@' && slice.Trim(' ').Length == 1);
    }

    // " { } . " and " () at " open nothing that the separator stands in: before it only openers wrap it, behind it only closers.
    private static bool IsTorn(ReadOnlySpan<char> slice, char meant)
    {
        int core = slice.IndexOf(meant);
        if (core < 0)
        {
            core = FirstLetter(slice);
        }

        return slice[..core].IndexOfAny("])}") >= 0 || slice[core..].IndexOfAny("({") >= 0;
    }

    // ":not(.mobile)" of a style sheet; "evil(.com" lacks its closer.
    private static bool IsSelector(ReadOnlySpan<char> text, ReadOnlySpan<char> slice, int end)
    {
        if (slice is not ("(." or "{."))
        {
            return false;
        }

        int labelEnd = CharClasses.EndOfWord(text, end, out _);
        return !CodeNames.IsPlainTop(text[end..labelEnd]) && !(labelEnd < text.Length && text[labelEnd] is '.' or '(' or '[');
    }

    private static int FirstLetter(ReadOnlySpan<char> slice)
    {
        int index = 0;
        while (index < slice.Length - 1 && !char.IsAsciiLetter(slice[index]))
        {
            index++;
        }

        return index;
    }

    // "bob at evil dot com", "www dot evil dot com", "evil DOT com": one word alone, in small letters, is prose.
    private static bool IsWeakMark(ReadOnlySpan<char> text, int index, ReadOnlySpan<char> slice, int end, char meant, bool inCompany)
    {
        if (slice.Contains("DOT", StringComparison.Ordinal))
        {
            return true;
        }

        if (slice.Contains("AT", StringComparison.Ordinal) && index > 0 && char.IsAsciiLetterLower(text[index - 1]))
        {
            return true;
        }

        return (inCompany && meant == '.') || FollowedBySpelledDot(text, end);
    }

    private static bool FollowedBySpelledDot(ReadOnlySpan<char> text, int label)
    {
        int end = label;
        while (end < text.Length && end - label < 64 && CharClasses.IsWord(text[end]))
        {
            end++;
        }

        return text[end..].StartsWith(" dot ", StringComparison.OrdinalIgnoreCase);
    }

    private static bool ContainsLetter(ReadOnlySpan<char> slice)
    {
        foreach (char c in slice)
        {
            if (char.IsAsciiLetter(c))
            {
                return true;
            }
        }

        return false;
    }
}
