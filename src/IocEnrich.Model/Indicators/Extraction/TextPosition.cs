namespace IocEnrich;

/// <summary>Counts lines and columns of a text of which only a window is known. Positions are asked for in ascending order.</summary>
internal sealed class TextPosition(long firstLine)
{
    private long _line = firstLine;
    private long _column = 1;
    private int _counted;

    /// <summary>Line and column of an index in the window, both from 1.</summary>
    public (long Line, long Column) Of(ReadOnlySpan<char> window, int index)
    {
        Count(window[_counted..index]);
        _counted = index;
        return (_line, _column);
    }

    /// <summary>The window's beginning is dropped.</summary>
    public void Advance(ReadOnlySpan<char> dropped)
    {
        if (dropped.Length > _counted)
        {
            Count(dropped[_counted..]);
            _counted = dropped.Length;
        }

        _counted -= dropped.Length;
    }

    private void Count(ReadOnlySpan<char> text)
    {
        int lines = text.Count('\n');
        _line += lines;
        _column = lines == 0 ? _column + text.Length : text.Length - text.LastIndexOf('\n');
    }
}
