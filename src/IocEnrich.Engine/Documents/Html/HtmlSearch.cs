using IocEnrich.Engine.Documents.Mail;

namespace IocEnrich.Engine.Documents.Html;

/// <summary>Finds the indicators in HTML. What is found stands where the HTML has it, in the order of the HTML.</summary>
internal static class HtmlSearch
{
    /// <summary>Searches a part that is HTML. One that is too long to be held in memory is searched as plain text.</summary>
    internal static IEnumerable<IndicatorOccurrence> In(
        TextPart part, IndicatorExtractorOptions options, Action<DocumentNote> noteOnce, CancellationToken cancellationToken)
    {
        char[] html = ReadUpTo(part.Reader, MailLimits.HtmlLength + 1, cancellationToken);
        if (html.Length > MailLimits.HtmlLength)
        {
            noteOnce(new DocumentNote(
                DocumentNoteKind.MailNotReadToItsEnd, options.Path ?? "", $"the HTML in part {part.Label} is longer than {MailLimits.HtmlLength / 1024 / 1024} million characters"));
            return DocumentSearch.InText(part, new JoinedReader(html, part.Reader), options, cancellationToken);
        }

        part.Reader.Dispose();
        UnreadableCharacters.MarkIn(html);
        return In(html, part, options);
    }

    private static IEnumerable<IndicatorOccurrence> In(char[] html, TextPart part, IndicatorExtractorOptions options)
    {
        MappedText text = HtmlText.Read(html, out IReadOnlyList<Range> addresses);
        LineStarts lines = new(text.Text);
        LineStarts sources = new(html);
        return HtmlAddresses.Settle(Extract(text, lines, options), text, addresses, options)
            .Where(static found => UnreadableCharacters.IsWhole(found.Text))
            .Select(found => (Found: found, Source: text.SourceOf(found.Start)))
            .OrderBy(static each => each.Source)
            .Select(each =>
            {
                (int line, int column) = sources.PlaceOf(each.Source);
                return new IndicatorOccurrence(each.Found.Indicator, each.Found.Text, options.Path, part.Line + line - 1, column) { Part = part.Label };
            });
    }

    private static List<FoundInHtml> Extract(MappedText text, LineStarts lines, IndicatorExtractorOptions options) =>
    [
        .. IndicatorExtractor.Extract(text.Text, options with { FirstLine = 1 })
            .Select(occurrence => new FoundInHtml(occurrence.Indicator, occurrence.Text, lines.IndexOf(occurrence.Line, occurrence.Column))),
    ];

    private static char[] ReadUpTo(TextReader reader, int longest, CancellationToken cancellationToken)
    {
        char[] buffer = new char[8 * 1024];
        int length = 0;
        for (int read; length < longest && (read = reader.Read(buffer, length, Math.Min(buffer.Length, longest) - length)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            length += read;
            if (length == buffer.Length && length < longest)
            {
                Array.Resize(ref buffer, Math.Min(longest, buffer.Length * 2));
            }
        }

        return buffer[..length];
    }

    // What was read already, and the rest.
    private sealed class JoinedReader(char[] beginning, TextReader rest) : TextReader
    {
        private int _next;

        public override int Peek() => _next < beginning.Length ? beginning[_next] : rest.Peek();

        public override int Read() => _next < beginning.Length ? beginning[_next++] : rest.Read();

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            int count = Math.Min(buffer.Length, beginning.Length - _next);
            if (count == 0)
            {
                return rest.Read(buffer);
            }

            beginning.AsSpan(_next, count).CopyTo(buffer);
            _next += count;
            return count;
        }
    }
}
