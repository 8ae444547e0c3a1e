namespace IocEnrich;

/// <summary>
/// Walks through a text from one encoded run to the next. What was searched once is not searched again, so that all runs of a text
/// together cost one pass over it.
/// </summary>
internal struct EncodedRunSearch
{
    private const string QuotedEquals = "=3D";

    // The next place of each sign at or behind where the search began; the length of the text where there is none.
    private int _quoted;
    private int _other;

    private EncodedRunSearch(ReadOnlySpan<char> text, int from)
    {
        _quoted = _other = from - 1;
        Advance(text, from);
    }

    /// <summary>How many characters have been searched.</summary>
    public long Searched { get; private set; }

    public static EncodedRunSearch Begin(ReadOnlySpan<char> text, int from) => new(text, from);

    /// <summary>Finds the next run that hides what stands in it.</summary>
    /// <param name="from">Where it begins at the earliest; not before where the run before it ended.</param>
    public EncodedRun Next(ReadOnlySpan<char> text, int from)
    {
        Advance(text, from);
        while (_other < text.Length || _quoted < text.Length)
        {
            int at = Math.Min(_other, _quoted);
            int search = at + 1;
            if (at == _quoted || EncodedRun.MayBeEscape(text, at))
            {
                EncodedRun run = EncodedRun.Around(text, from, at);
                if (run.Kind != EncodedRun.Container.None)
                {
                    return run;
                }

                from = search = Math.Max(run.End, search);
            }

            Advance(text, search);
        }

        return EncodedRun.Nowhere;
    }

    private void Advance(ReadOnlySpan<char> text, int from)
    {
        if (_quoted < from)
        {
            _quoted = IndexIn(text, from, from >= text.Length ? -1 : text[from..].IndexOf(QuotedEquals));
            Searched += _quoted - from;
        }

        if (_other < from)
        {
            _other = IndexIn(text, from, from >= text.Length ? -1 : text[from..].IndexOfAny('&', '\\'));
            Searched += _other - from;
        }
    }

    private static int IndexIn(ReadOnlySpan<char> text, int from, int index) => index < 0 ? text.Length : from + index;
}
