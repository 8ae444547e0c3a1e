namespace IocEnrich;

/// <summary>
/// What stands between a scheme and a host: <c>://</c>, and what people make of it: <c>[:]//</c>, <c>[://]</c>, <c>:\\</c>, <c>__</c>,
/// <c>:///</c>, <c>: //</c>, a lost colon, a lost slash.
/// </summary>
internal readonly record struct SchemeSeparator(int Colons, int Slashes, int Underscores, int End)
{
    // Longer runs than this are no separator; it also bounds the work for hostile text.
    private const int Longest = 24;

    /// <summary>A colon and two slashes or more, with or without brackets.</summary>
    public bool IsStrict => Colons == 1 && Slashes >= 2;

    /// <summary>Enough for a scheme that is certain.</summary>
    public bool IsLoose => (Colons >= 1 && Slashes >= 1) || Slashes >= 2 || Underscores >= 2;

    public static bool TryRead(ReadOnlySpan<char> text, int start, out SchemeSeparator separator)
    {
        int colons = 0;
        int slashes = 0;
        int underscores = 0;
        int end = start;
        int limit = Math.Min(text.Length, start + Longest);
        for (int i = start; i < limit; i++)
        {
            char c = text[i];
            if (c == ':')
            {
                if (slashes >= 2)
                {
                    // "http://[::1]/": the host has begun.
                    break;
                }

                colons++;
            }
            else if (c == '/' || (c == '\\' && colons + slashes > 0))
            {
                slashes++;
            }
            else if (c == '_' && slashes == 0)
            {
                underscores++;
            }
            else if (c is ')' or ']' or '}' or '>')
            {
                // A closer belongs to what it closes; one that stands before any separator is passed over.
            }
            else if (c is ' ' or '\\' || Defanging.IsBracket(c))
            {
                // An opener or a space counts only when more of the separator follows.
                continue;
            }
            else
            {
                break;
            }

            end = i + 1;
        }

        while (end < text.Length && text[end] == ' ')
        {
            end++;
        }

        separator = new SchemeSeparator(colons, slashes, underscores, end);
        return separator.IsLoose;
    }
}
