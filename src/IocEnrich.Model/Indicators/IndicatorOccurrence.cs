namespace IocEnrich;

/// <summary>One place in a text where an indicator stands.</summary>
public sealed record IndicatorOccurrence
{
    /// <summary>One place in a text.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="text">The text as it stood.</param>
    /// <param name="path">The file it stands in, or <c>null</c>.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <exception cref="ArgumentNullException">The indicator or the text is <c>null</c>.</exception>
    public IndicatorOccurrence(Indicator indicator, string text, string? path, long line, long column)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(text);
        Indicator = indicator;
        Text = text;
        Path = path;
        Line = line;
        Column = column;
    }

    /// <summary>The indicator.</summary>
    public Indicator Indicator { get; }

    /// <summary>The canonical, refanged text.</summary>
    public string Value => Indicator.Value;

    /// <summary>The kind of indicator.</summary>
    public IndicatorType Type => Indicator.Type;

    /// <summary>The indicator, written so that nobody reaches it by a click.</summary>
    public string Defanged => Indicator.Defanged;

    /// <summary>The text as it stood. It comes from whoever wrote it: show it through <see cref="DisplayText"/>.</summary>
    public string Text { get; }

    /// <summary>The file it stands in, or <c>null</c> where the text came from no file.</summary>
    public string? Path { get; }

    /// <summary>
    /// The property of an object whose value it stands in, such as <c>EventData.Hashes</c> or <c>answers[2].data</c>; <c>null</c> where it
    /// stands in a text of its own. <see cref="Line"/> and <see cref="Column"/> count within the value.
    /// </summary>
    public string? Property { get; init; }

    /// <summary>The object it was found in: an event, a row, a line of Select-String; <c>null</c> where that was a text or a file.</summary>
    public object? InputObject { get; init; }

    /// <summary>
    /// The part of the mail it stands in, such as <c>1.2 text/html (base64)</c> or <c>header Received</c>, or <c>null</c> where the file is
    /// one text. Its number is that of IMAP (RFC 3501, section 6.4.5).
    /// </summary>
    public string? Part { get; init; }

    /// <summary>
    /// The line, from 1. A line ends with a line feed. It is a line of the file; of a part that was encoded, as <see cref="Part"/> says in
    /// brackets, it is a line of the decoded text.
    /// </summary>
    public long Line { get; }

    /// <summary>The column of its first character, from 1, in UTF-16 units.</summary>
    public long Column { get; }

    /// <summary>The canonical text.</summary>
    public override string ToString() => Value;
}
