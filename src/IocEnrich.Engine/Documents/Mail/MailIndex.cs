using MimeKit;

namespace IocEnrich.Engine.Documents.Mail;

/// <summary>
/// Reads the structure of a message: which headers and parts it has, and where each stands. No content is kept, and no tree is built of
/// it, so a mail of any size takes little memory.
/// </summary>
internal sealed class MailIndex(GuardedStream stream, MimeFormat format)
    : MimeReader(new ParserOptions { MaxMimeDepth = MailLimits.Depth }, stream, format)
{
    private readonly List<MailItem> _items = [];
    private readonly List<(Header Header, int Line)> _headers = [];
    private readonly Stack<Container> _containers = new();
    private (string Number, ContentType Type) _part;
    private bool _areOfMessage;
    private long _headerBytes;

    /// <summary>What was found of the message.</summary>
    internal IReadOnlyList<MailItem> Items => _items;

    /// <summary>Where the structure has been read to, and the line there.</summary>
    internal (long Offset, int Line) ReadTo { get; private set; } = (0, 1);

    /// <summary>Reads the next message.</summary>
    /// <exception cref="FormatException">There is no message.</exception>
    /// <exception cref="MailLimitException">It is larger than is read.</exception>
    internal void ReadNext(CancellationToken cancellationToken)
    {
        _items.Clear();
        _headers.Clear();
        _containers.Clear();
        _headerBytes = 0;
        ReadMessage(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void OnHeadersBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        _headers.Clear();
        _areOfMessage = false;
    }

    /// <inheritdoc/>
    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        stream.HasProgressed();
        _headerBytes += header.RawField.Length + header.RawValue.Length;
        if (_headerBytes > MailLimits.HeaderBytes || _headers.Count + _items.Count > MailLimits.Items)
        {
            throw new MailLimitException("it has too many headers");
        }

        _headers.Add((header, beginLineNumber));
    }

    /// <inheritdoc/>
    protected override void OnMimeMessageBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        string number = _containers.TryPeek(out Container? container) ? container.Number : "";
        _containers.Push(new Container(number, IsMessage: true));
        foreach ((Header header, int line) in _headers)
        {
            Add(new MailHeader(number, line, header.Field, header.RawValue));
        }

        _areOfMessage = true;
    }

    /// <inheritdoc/>
    protected override void OnMimeMessageEnd(long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        _containers.Pop();

    /// <inheritdoc/>
    protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        // A message that consists of parts numbers them itself.
        bool isBody = _containers.TryPeek(out Container? container) && container.IsMessage;
        string number = isBody ? container!.Number : NextNumber();
        AddPartHeaders(number);
        _containers.Push(new Container(number, IsMessage: false));
    }

    /// <inheritdoc/>
    protected override void OnMultipartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        _containers.Pop();

    /// <inheritdoc/>
    protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        string number = NextNumber();
        AddPartHeaders(number);
        _containers.Push(new Container(number, IsMessage: false));
    }

    /// <inheritdoc/>
    protected override void OnMessagePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        _containers.Pop();

    /// <inheritdoc/>
    protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        _part = (NextNumber(), contentType);
        AddPartHeaders(_part.Number);
    }

    /// <inheritdoc/>
    protected override void OnMimePartContentRead(byte[] buffer, int startIndex, int count, CancellationToken cancellationToken) => stream.HasProgressed();

    /// <inheritdoc/>
    protected override void OnMimePartContentEnd(
        long beginOffset, int beginLineNumber, long endOffset, int lines, NewLineFormat? newLineFormat, CancellationToken cancellationToken)
    {
        ContentDisposition? disposition = DispositionOf(_headers);
        Add(new MailContent(_part.Number, beginLineNumber, TypeOf(_part.Type), beginOffset, endOffset)
        {
            Charset = _part.Type.Charset,
            Encoding = EncodingOf(_headers),
            FileName = NameOf(disposition?.FileName) ?? NameOf(_part.Type.Name),
            IsAttachment = disposition?.IsAttachment ?? false,
            HasContentId = _headers.Exists(static each => each.Header.Id == HeaderId.ContentId),
        });
        ReadTo = (endOffset, beginLineNumber + lines);
    }

    /// <inheritdoc/>
    protected override void OnMultipartPreambleRead(byte[] buffer, int startIndex, int count, CancellationToken cancellationToken) => stream.HasProgressed();

    /// <inheritdoc/>
    protected override void OnMultipartPreambleEnd(long beginOffset, int beginLineNumber, long endOffset, int lines, CancellationToken cancellationToken) =>
        AddOutside("preamble", beginOffset, beginLineNumber, endOffset, lines);

    /// <inheritdoc/>
    protected override void OnMultipartEpilogueRead(byte[] buffer, int startIndex, int count, CancellationToken cancellationToken) => stream.HasProgressed();

    /// <inheritdoc/>
    protected override void OnMultipartEpilogueEnd(long beginOffset, int beginLineNumber, long endOffset, int lines, CancellationToken cancellationToken) =>
        AddOutside("epilogue", beginOffset, beginLineNumber, endOffset, lines);

    private static ContentEncoding EncodingOf(List<(Header Header, int Line)> headers)
    {
        string? value = headers.Find(static each => each.Header.Id == HeaderId.ContentTransferEncoding).Header?.Value;
        return value?.Trim().ToLowerInvariant() switch
        {
            "base64" => ContentEncoding.Base64,
            "quoted-printable" => ContentEncoding.QuotedPrintable,
            "x-uuencode" or "uuencode" or "x-uue" => ContentEncoding.UUEncode,
            _ => ContentEncoding.Default,
        };
    }

    private static ContentDisposition? DispositionOf(List<(Header Header, int Line)> headers) =>
        headers.Find(static each => each.Header.Id == HeaderId.ContentDisposition).Header is { } header
        && ContentDisposition.TryParse(header.RawValue, out ContentDisposition? disposition) ? disposition : null;

    // What cannot be read is a text (RFC 2045, section 5.2), and not the file of unknown content that MimeKit makes of it.
    private string TypeOf(ContentType type)
    {
        string name = type.MimeType.ToLowerInvariant();
        return name == "application/octet-stream"
            && _headers.Find(static each => each.Header.Id == HeaderId.ContentType).Header is { } header && !ContentType.TryParse(header.RawValue, out _)
                ? "text/plain"
                : name;
    }

    private static string? NameOf(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();

    // The text before the first part and behind the last: "This is a multi-part message in MIME format." as a rule.
    private void AddOutside(string name, long beginOffset, int beginLineNumber, long endOffset, int lines)
    {
        if (endOffset - beginOffset > 2)
        {
            Add(new MailContent(_containers.Peek().Number, beginLineNumber, name, beginOffset, endOffset));
        }

        ReadTo = (endOffset, beginLineNumber + lines);
    }

    private void AddPartHeaders(string number)
    {
        foreach ((Header header, int line) in _areOfMessage ? [] : _headers)
        {
            Add(new MailHeader(number, line, header.Field, header.RawValue));
        }

        // Those of a multipart's or a message's own are done with when its first part begins; those of this one are looked at again at its end.
        _areOfMessage = false;
    }

    private string NextNumber()
    {
        Container container = _containers.Peek();
        container.Count++;
        return container.Number.Length == 0 ? $"{container.Count}" : $"{container.Number}.{container.Count}";
    }

    private void Add(MailItem item)
    {
        if (_items.Count >= MailLimits.Items)
        {
            throw new MailLimitException("it has too many parts");
        }

        _items.Add(item);
    }

    private sealed record Container(string Number, bool IsMessage)
    {
        internal int Count { get; set; }
    }
}
