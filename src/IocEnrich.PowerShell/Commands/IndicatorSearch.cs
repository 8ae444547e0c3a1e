using System.Text;
using IocEnrich.Engine.Documents;
using IocEnrich.PowerShell.Input;

namespace IocEnrich.PowerShell.Commands;

/// <summary>One search for indicators through everything that a pipeline or a list of files brings.</summary>
internal sealed class IndicatorSearch(
    IndicatorExtractorOptions options, bool unique, Encoding? encoding, Action<DocumentNote> note, CancellationToken cancellationToken)
{
    // A text that is longer is searched in parts, so that the search can be ended.
    private const int ShortText = 64 * 1024;

    private readonly DocumentSearch _documents = new(options, encoding, note);
    private readonly HashSet<Indicator> _seen = [];
    private long _nextLine = 1;

    /// <summary>Searches the next text of the pipeline. Its lines go on counting where those of the text before it ended.</summary>
    internal IEnumerable<IndicatorOccurrence> InText(string text)
    {
        IndicatorExtractorOptions own = options with { FirstLine = _nextLine };
        text = UnreadableCharacters.Marked(text);
        _nextLine += text.AsSpan().Count('\n') + (text.EndsWith('\n') ? 0 : 1);
        return Wanted(Extract(text, own));
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
    internal IEnumerable<IndicatorOccurrence> InValue(string text) => Extract(UnreadableCharacters.Marked(text), options);

    /// <summary>Searches a file as it is read, however large: a mail by its parts, anything else as one text.</summary>
    /// <exception cref="IOException">While the result is walked through: the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same: it must not be read.</exception>
    internal IEnumerable<IndicatorOccurrence> InFile(string path) => Wanted(_documents.InFile(path, cancellationToken));

    private IEnumerable<IndicatorOccurrence> Extract(string text, IndicatorExtractorOptions own) => text.Length <= ShortText
        ? IndicatorExtractor.Extract(text, own)
        : IndicatorExtractor.Extract(new StringReader(text), own, cancellationToken);

    private IEnumerable<IndicatorOccurrence> Wanted(IEnumerable<IndicatorOccurrence> found)
    {
        IEnumerable<IndicatorOccurrence> whole = found.Where(static occurrence => UnreadableCharacters.IsWhole(occurrence.Text));
        return unique ? whole.Where(occurrence => _seen.Add(occurrence.Indicator)) : whole;
    }
}
