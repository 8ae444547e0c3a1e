namespace IocEnrich;

/// <summary>
/// Finds the indicators in free text: reports, emails, logs. It reads the text once, in time linear in its length and in constant memory,
/// however long its lines are. docs/indicators.md describes what counts as an indicator in a text.
/// </summary>
/// <remarks>An instance reads one text: append its parts in order, then complete it. It is not safe for use by several threads.</remarks>
public sealed class IndicatorExtractor
{
    // The scanner decides about a candidate when this much of the text behind its beginning is known, or the text has ended.
    private const int Lookahead = 3 * IndicatorParser.MaxLength;

    // What the scanner may look at before a candidate: the word before a file name, the beginning of a header of columns.
    private const int Lookbehind = 2048;

    private const int BufferLength = 4 * Lookahead;

    private const int ChunkLength = 16 * 1024;

    private readonly IndicatorExtractorOptions _options;
    private readonly char[] _buffer = new char[BufferLength];
    private readonly List<FoundText> _found = [];
    private readonly DecodingScratch _scratch = new();
    private readonly TextPosition _position;
    private int _length;
    private int _next;
    private bool _insideRun;

    /// <summary>Creates an extractor for one text.</summary>
    /// <param name="options">What to look for; <c>null</c> for everything except the hosts of URLs.</param>
    public IndicatorExtractor(IndicatorExtractorOptions? options = null)
    {
        _options = options ?? new IndicatorExtractorOptions();
        _position = new TextPosition(_options.FirstLine);
    }

    /// <summary>Finds the indicators in a text.</summary>
    /// <param name="options">What to look for; <c>null</c> for everything except the hosts of URLs.</param>
    public static IReadOnlyList<IndicatorOccurrence> Extract(ReadOnlySpan<char> text, IndicatorExtractorOptions? options = null)
    {
        // The whole text is there: no window is needed.
        options ??= new IndicatorExtractorOptions();
        List<FoundText> found = [];
        new TextScanner(text, text.Length, options.IncludeUrlHosts, found, new DecodingScratch()).Scan(0);
        List<IndicatorOccurrence> occurrences = [];
        Report(text, found, options, new TextPosition(options.FirstLine), occurrences);
        return occurrences;
    }

    /// <summary>Finds the indicators in a text while it is read, and keeps none of it.</summary>
    /// <param name="reader">The text; the caller disposes it.</param>
    /// <param name="options">What to look for; <c>null</c> for everything except the hosts of URLs.</param>
    /// <param name="cancellationToken">Cancels the search, also in a text without indicators.</param>
    /// <exception cref="ArgumentNullException">The reader is <c>null</c>.</exception>
    /// <exception cref="OperationCanceledException">While the result is walked through: the search was ended.</exception>
    public static IEnumerable<IndicatorOccurrence> Extract(
        TextReader reader, IndicatorExtractorOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Stream(reader, options, cancellationToken);
    }

    /// <summary>Processes the next part of the text.</summary>
    /// <param name="chunk">The part; it may end anywhere, even inside an indicator.</param>
    /// <param name="occurrences">
    /// Receives the indicators found so far. An indicator near the end of the part is reported with the next one.
    /// </param>
    /// <exception cref="ArgumentNullException">The collection is <c>null</c>.</exception>
    public void Append(ReadOnlySpan<char> chunk, ICollection<IndicatorOccurrence> occurrences)
    {
        ArgumentNullException.ThrowIfNull(occurrences);
        while (!chunk.IsEmpty)
        {
            int taken = Math.Min(chunk.Length, BufferLength - _length);
            chunk[..taken].CopyTo(_buffer.AsSpan(_length));
            _length += taken;
            chunk = chunk[taken..];
            if (_length == BufferLength)
            {
                Scan(BufferLength - Lookahead, isLast: false, occurrences);
                Discard();
            }
        }
    }

    /// <summary>Processes the end of the text.</summary>
    /// <param name="occurrences">Receives the indicators found in the rest of the text.</param>
    /// <exception cref="ArgumentNullException">The collection is <c>null</c>.</exception>
    public void Complete(ICollection<IndicatorOccurrence> occurrences)
    {
        ArgumentNullException.ThrowIfNull(occurrences);
        Scan(_length, isLast: true, occurrences);
        _position.Advance(_buffer.AsSpan(0, _length));
        _length = 0;
        _next = 0;
    }

    private static IEnumerable<IndicatorOccurrence> Stream(
        TextReader reader, IndicatorExtractorOptions? options, CancellationToken cancellationToken)
    {
        char[] chunk = new char[ChunkLength];
        int read = reader.ReadBlock(chunk, 0, chunk.Length);
        if (read < chunk.Length)
        {
            // Most files are short, and need no window.
            foreach (IndicatorOccurrence occurrence in Extract(chunk.AsSpan(0, read), options))
            {
                yield return occurrence;
            }

            yield break;
        }

        IndicatorExtractor extractor = new(options);
        List<IndicatorOccurrence> occurrences = [];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (read > 0)
            {
                extractor.Append(chunk.AsSpan(0, read), occurrences);
            }
            else
            {
                extractor.Complete(occurrences);
            }

            foreach (IndicatorOccurrence occurrence in occurrences)
            {
                yield return occurrence;
            }

            if (read == 0)
            {
                yield break;
            }

            occurrences.Clear();
            read = reader.Read(chunk, 0, chunk.Length);
        }
    }

    private static void Report(
        ReadOnlySpan<char> text,
        List<FoundText> found,
        IndicatorExtractorOptions options,
        TextPosition position,
        ICollection<IndicatorOccurrence> occurrences)
    {
        foreach ((Indicator indicator, int start, int length) in found)
        {
            if (options.Types?.Contains(indicator.Type) != false)
            {
                (long line, long column) = position.Of(text, start);
                ReadOnlySpan<char> slice = text.Slice(start, length);
                string asItStood = slice.SequenceEqual(indicator.Value) ? indicator.Value : slice.ToString();
                occurrences.Add(new IndicatorOccurrence(indicator, asItStood, options.Path, line, column));
            }
        }
    }

    private void Scan(int limit, bool isLast, ICollection<IndicatorOccurrence> occurrences)
    {
        ReadOnlySpan<char> text = _buffer.AsSpan(0, _length);
        if (_insideRun)
        {
            // The run began in a part of the text that is gone, and was too long to be anything.
            while (_next < _length && CharClasses.IsWord(text[_next]))
            {
                _next++;
            }

            _insideRun = _next == _length && !isLast;
        }

        TextScanner scanner = new(text, limit, _options.IncludeUrlHosts, _found, _scratch);
        _next = scanner.Scan(_next);
        _insideRun |= !isLast && _next == _length;
        Report(text, _found, _options, _position, occurrences);
        _found.Clear();
    }

    private void Discard()
    {
        int discarded = Math.Max(0, _next - Lookbehind);
        _position.Advance(_buffer.AsSpan(0, discarded));
        _buffer.AsSpan(discarded, _length - discarded).CopyTo(_buffer);
        _length -= discarded;
        _next -= discarded;
    }
}
