namespace IocEnrich;

/// <summary>What reading one token has come to so far: the kind, the canonical text, or why it is not an indicator.</summary>
internal ref struct ParseContext
{
    /// <summary>The canonical text.</summary>
    public TextBuffer Output;

    public ParseContext(Span<char> scratch, bool explain)
    {
        Output = new TextBuffer(scratch);
        Explain = explain;
    }

    public IndicatorType Type { get; private set; }

    /// <summary>Whether somebody wants to know why. A sentence is only written for a reader.</summary>
    public bool Explain { get; }

    /// <summary>The first reason that was found, as the end of a sentence.</summary>
    public string? Why { get; private set; }

    public bool Accept(IndicatorType type)
    {
        Type = type;
        return true;
    }

    public bool Reject(Rejection rejection, scoped ReadOnlySpan<char> detail = default)
    {
        if (Explain)
        {
            Why ??= Rejections.Describe(rejection, detail);
        }

        return false;
    }

    /// <summary>Begins another way to read the same token; the reasons of the last way are forgotten unless kept.</summary>
    public void StartOver(bool keepReason)
    {
        Output.Length = 0;
        Type = IndicatorType.Unknown;
        if (!keepReason)
        {
            Why = null;
        }
    }

    public void Dispose() => Output.Dispose();
}
