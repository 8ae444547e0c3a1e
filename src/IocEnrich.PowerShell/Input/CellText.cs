namespace IocEnrich.PowerShell.Input;

/// <summary>Reads the indicators of one text: one, or several with commas, semicolons, bars or line breaks between them.</summary>
internal static class CellText
{
    private static readonly char[] Blank = [' '];
    private static readonly char[] Separators = [',', ';', '|', '\r', '\n', '\t'];

    /// <summary>The indicators in a cell; what else stands between the separators (<c>-</c>, a type) does not count.</summary>
    /// <returns><see langword="false"/> if it holds none.</returns>
    internal static bool Read(string text, List<IndicatorText> into) => Read(text, into, all: false);

    /// <summary>
    /// The indicators of a line: several only where each part is one. Else it is a text of its own, to be looked up or skipped with the
    /// reason as it stands.
    /// </summary>
    /// <returns><see langword="false"/> if it is blank or a comment.</returns>
    internal static bool ReadLine(string text, List<IndicatorText> into)
    {
        ReadOnlySpan<char> line = WithoutComment(text);
        if (line.IsEmpty)
        {
            return false;
        }

        if (!Read(text, into, all: true))
        {
            into.Add(new IndicatorText(line.Length == text.Length ? text : line.ToString()));
        }

        return true;
    }

    /// <summary>
    /// The indicator on a line: without white space around it and without a comment, which begins with <c>#</c> at the start of the line
    /// or after white space. Empty where there is none.
    /// </summary>
    internal static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        for (int index = line.IndexOf('#'); index >= 0;)
        {
            if (index == 0 || char.IsWhiteSpace(line[index - 1]))
            {
                return line[..index].TrimEnd();
            }

            int next = line[(index + 1)..].IndexOf('#');
            index = next < 0 ? -1 : index + 1 + next;
        }

        return line;
    }

    /// <summary>Whether a line that holds several words is neither an indicator nor made of some.</summary>
    internal static bool IsNeitherOneNorSeveral(string text) => !Read(text, [], all: true);

    private static bool Read(string text, List<IndicatorText> into, bool all)
    {
        int before = into.Count;
        if (text.Length > 0 && text.AsSpan().TrimStart() is ['[', ..])
        {
            // Before the comment is cut off: a URL in a pattern may hold a #.
            foreach (string value in StixPattern.Values(text))
            {
                into.Add(new IndicatorText(value));
            }

            if (into.Count > before)
            {
                return true;
            }
        }

        ReadOnlySpan<char> cell = WithoutComment(text);
        if (cell.IsEmpty)
        {
            return false;
        }

        if (LabelledHashes.TryRead(cell, into))
        {
            return into.Count > before;
        }

        string whole = cell.Length == text.Length ? text : cell.ToString();
        if (!HoldsSeveralUrls(whole) && IndicatorParser.TryParse(whole, out Indicator? indicator))
        {
            into.Add(new IndicatorText(whole, indicator));
            return true;
        }

        return Split(whole, Separators, into, all) || Split(whole, Blank, into, all: true);
    }

    private static bool Split(string text, char[] separators, List<IndicatorText> into, bool all)
    {
        if (text.IndexOfAny(separators) < 0)
        {
            return false;
        }

        int before = into.Count;
        foreach (string part in text.Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IndicatorParser.TryParse(part, out Indicator? indicator))
            {
                into.Add(new IndicatorText(part, indicator));
            }
            else if (all)
            {
                into.RemoveRange(before, into.Count - before);
                return false;
            }
        }

        return into.Count > before;
    }

    // "http://a.com/,http://b.com/" reads as one URL with a comma in it, and is two. Behind a "?" it is what a URL was given.
    private static bool HoldsSeveralUrls(string text)
    {
        int first = text.IndexOf("://", StringComparison.Ordinal);
        int second = first < 0 ? -1 : text.IndexOf("://", first + 3, StringComparison.Ordinal);
        if (second < 0 || text.AsSpan(first, second - first).Contains('?'))
        {
            return false;
        }

        int start = text.LastIndexOfAny([.. Separators, ' '], second);
        return start > first && text.AsSpan(start, second - start).Trim(" ,;|\t\r\n") is "http" or "https" or "hxxp" or "hxxps" or "ftp";
    }
}
