namespace IocEnrich;

/// <summary>One occurrence of an indicator in a text.</summary>
public sealed record IndicatorOccurrence
{
    /// <summary>Creates an occurrence.</summary>
    /// <param name="path">The file, or <c>null</c>.</param>
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

    /// <summary>The canonical, refanged text of the indicator.</summary>
    public string Value => Indicator.Value;

    /// <summary>The type of the indicator.</summary>
    public IndicatorType Type => Indicator.Type;

    /// <summary>The indicator, defanged.</summary>
    public string Defanged => Indicator.Defanged;

    /// <summary>The original text. It is untrusted: show it through <see cref="DisplayText"/>.</summary>
    public string Text { get; }

    /// <summary>The file, or <c>null</c> if the text did not come from a file.</summary>
    public string? Path { get; }

    /// <summary>
    /// The property of an object whose value contains the indicator, such as <c>EventData.Hashes</c> or <c>answers[2].data</c>; <c>null</c>
    /// for plain text. <see cref="Line"/> and <see cref="Column"/> count within the value.
    /// </summary>
    public string? Property { get; init; }

    /// <summary>
    /// The object that contains the indicator: an event, a row, a line of Select-String; <c>null</c> for a text or a file.
    /// </summary>
    public object? InputObject { get; init; }

    /// <summary>
    /// The part of the email, such as <c>1.2 text/html (base64)</c> or <c>header Received</c>, or <c>null</c> if the file is one text.
    /// Parts are numbered as in IMAP (RFC 3501, section 6.4.5).
    /// </summary>
    public string? Part { get; init; }

    /// <summary>
    /// The line, from 1. A line ends with a line feed. It is a line of the file, or of the decoded text if <see cref="Part"/> names an
    /// encoding in parentheses.
    /// </summary>
    public long Line { get; }

    /// <summary>The column of its first character, from 1, in UTF-16 units.</summary>
    public long Column { get; }

    /// <summary>The canonical text.</summary>
    public override string ToString() => Value;
}
