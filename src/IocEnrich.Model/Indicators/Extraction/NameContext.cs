namespace IocEnrich;

/// <summary>What tells that a name is meant as one, whatever it looks like: it is all that its line holds, or a path follows.</summary>
internal readonly record struct NameContext(bool IsAlone, bool HasPath)
{
    private const int Farthest = 48;

    public bool IsMeant => IsAlone || HasPath;

    public static NameContext Of(ReadOnlySpan<char> text, NameRun name) => new(IsAloneOnLine(text, name.Start, name.End), PathFollows(text, name.End));

    // A line of a blocklist: the name, in quotes, with a wildcard, in the forms of hosts files and filters, with a comment behind.
    private static bool IsAloneOnLine(ReadOnlySpan<char> text, int start, int end)
    {
        int begin = start;
        while (begin > 0 && start - begin < Farthest && (text[begin - 1] is ' ' or '\t' or '"' or '\'' or '|' or '.' or '\uFEFF' || (text[begin - 1] == '*' && text[begin] == '.')))
        {
            begin--;
        }

        if (begin > 0 && text[begin - 1] is not ('\n' or '\r') && !EndsWithSinkhole(text[..begin]))
        {
            return false;
        }

        int stop = end;
        while (stop < text.Length && stop - end < Farthest && text[stop] is ' ' or '\t' or '"' or '\'' or ',' or '^' or '.')
        {
            stop++;
        }

        return stop >= text.Length || text[stop] is '\n' or '\r' || (text[stop] == '#' && stop > end);
    }

    private static bool EndsWithSinkhole(ReadOnlySpan<char> before) => IsLine(before, "0.0.0.0") || IsLine(before, "127.0.0.1");

    private static bool IsLine(ReadOnlySpan<char> before, ReadOnlySpan<char> address) =>
        before.EndsWith(address) && (before.Length == address.Length || before[^(address.Length + 1)] is '\n' or '\r');

    private static bool PathFollows(ReadOnlySpan<char> text, int end)
    {
        int index = end;
        if (index + 1 < text.Length && text[index] == ':' && char.IsAsciiDigit(text[index + 1]))
        {
            index++;
            while (index < text.Length && index - end < 7 && char.IsAsciiDigit(text[index]))
            {
                index++;
            }
        }

        return index < text.Length && text[index] == '/';
    }
}
