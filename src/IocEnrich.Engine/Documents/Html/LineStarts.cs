namespace IocEnrich.Engine.Documents.Html;

/// <summary>Where the lines of a text begin, so that an index is told from a line and a column, and the other way round.</summary>
internal sealed class LineStarts
{
    private readonly List<int> _starts = [0];

    internal LineStarts(ReadOnlySpan<char> text)
    {
        for (int from = 0, found; (found = text[from..].IndexOf('\n')) >= 0;)
        {
            from += found + 1;
            _starts.Add(from);
        }
    }

    /// <summary>The index of a place; both are counted from 1.</summary>
    internal int IndexOf(long line, long column) => _starts[(int)line - 1] + (int)column - 1;

    /// <summary>The place of an index.</summary>
    internal (int Line, int Column) PlaceOf(int index)
    {
        int found = _starts.BinarySearch(index);
        int line = found >= 0 ? found : ~found - 1;
        return (line + 1, index - _starts[line] + 1);
    }
}
