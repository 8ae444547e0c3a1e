using System.Diagnostics.CodeAnalysis;

namespace IocEnrich;

/// <summary>
/// Texts that a spreadsheet program shows as they are. A cell that begins with one of a few characters is a formula to them, quotes or not,
/// and a formula can start programs; names, titles and tags come from attackers.
/// </summary>
internal static class SpreadsheetText
{
    /// <summary>A copy of a result, each text of which is guarded.</summary>
    internal static EnrichmentResult Guard(EnrichmentResult result)
    {
        EnrichmentResult guarded = result with
        {
            Error = result.Error is { } error ? error with { Message = Guard(error.Message) } : null,
            Source = result.Source is string source ? Guard(source) : result.Source,
        };
        foreach (ResultProperty property in ResultProperty.All)
        {
            switch (property)
            {
                case ResultProperty<string?> text:
                    text.Set(guarded, Guard(text.Get(result)));
                    break;
                case ResultProperty<TextList> texts:
                    texts.Set(guarded, Guard(texts.Get(result)));
                    break;
            }
        }

        return guarded;
    }

    // Programs look past white space, and take the wide forms of East Asian keyboards for the same characters.
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Guard(string? text) =>
        text is not null && text.AsSpan().TrimStart() is [var first, ..] && "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20".Contains(first, StringComparison.Ordinal)
            ? "'" + text
            : text;

    // In a cell they stand one after the other, so that the first is what counts; in another form each may stand alone.
    private static TextList Guard(TextList texts) => new(texts.Select(static text => Guard(text)));
}
