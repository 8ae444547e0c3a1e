using IocEnrich.PowerShell.Input;

namespace IocEnrich.PowerShell.Commands;

/// <summary>One search for indicators through everything that a pipeline or a list of files brings.</summary>
internal sealed class IndicatorSearch(IndicatorExtractorOptions options, bool unique, CancellationToken cancellationToken)
{
    // A text that is longer is searched in parts, so that the search can be ended.
    private const int ShortText = 64 * 1024;

    private readonly HashSet<Indicator> _seen = [];
    private long _nextLine = 1;

    /// <summary>Searches the next text of the pipeline. Its lines go on counting where those of the text before it ended.</summary>
    internal IEnumerable<IndicatorOccurrence> InText(string text)
    {
        IndicatorExtractorOptions own = options with { FirstLine = _nextLine };
        _nextLine += text.AsSpan().Count('\n') + (text.EndsWith('\n') ? 0 : 1);
        return Wanted(text.Length <= ShortText
            ? IndicatorExtractor.Extract(text, own)
            : IndicatorExtractor.Extract(new StringReader(text), own, cancellationToken));
    }

    /// <summary>Searches a line that Select-String has found, and that knows its own place.</summary>
    internal IEnumerable<IndicatorOccurrence> InLine(object input, SelectedLine line) =>
        Wanted(line.Search(options)).Select(occurrence => occurrence with { InputObject = input });

    /// <summary>Searches an object: every text in it, with the name of the property.</summary>
    internal IEnumerable<IndicatorOccurrence> InObject(object input, InputShape shape, ObjectSearch search)
    {
        foreach (IndicatorOccurrence occurrence in Wanted(search.Search(input, shape)))
        {
            yield return occurrence with { InputObject = occurrence.InputObject ?? input };
        }
    }

    /// <summary>Searches a text in an object: its lines count from 1.</summary>
    internal IEnumerable<IndicatorOccurrence> InValue(string text) => text.Length <= ShortText
        ? IndicatorExtractor.Extract(text, options)
        : IndicatorExtractor.Extract(new StringReader(text), options, cancellationToken);

    /// <summary>Searches a file as it is read, however large.</summary>
    /// <exception cref="IOException">While the result is walked through: the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same: it must not be read.</exception>
    internal IEnumerable<IndicatorOccurrence> InFile(string path)
    {
        using StreamReader reader = InputFiles.Open(path);
        foreach (IndicatorOccurrence occurrence in Wanted(IndicatorExtractor.Extract(reader, options with { Path = path }, cancellationToken)))
        {
            yield return occurrence;
        }
    }

    private IEnumerable<IndicatorOccurrence> Wanted(IEnumerable<IndicatorOccurrence> found) =>
        unique ? found.Where(occurrence => _seen.Add(occurrence.Indicator)) : found;
}
