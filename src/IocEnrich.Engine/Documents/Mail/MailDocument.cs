using System.Text;
using IocEnrich.Engine.Documents.Encodings;
using MimeKit;

namespace IocEnrich.Engine.Documents.Mail;

/// <summary>A file with one mail or several, as the parts that are to be searched. They are read one by one as they are asked for.</summary>
/// <param name="open">Opens the file; it can be rewound.</param>
/// <param name="kind">What it is.</param>
/// <param name="context">What is the same for all mails of the file.</param>
internal sealed class MailDocument(Func<Stream> open, MailKind kind, MailContext context)
{
    // Where this mail is a part of another one: its number there, how it was encoded, and how deep it is.
    private string Within { get; init; } = "";

    private string? EncodedAs { get; init; }

    private int Depth { get; init; }

    /// <summary>The parts, in the order of the file.</summary>
    /// <exception cref="IOException">While the result is walked through: the file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The same: the search was ended.</exception>
    internal IEnumerable<DocumentPart> Read()
    {
        using GuardedStream structure = new(open(), context.CancellationToken);
        using Stream stream = open();
        MailContents contents = new(stream);
        MailIndex index = new(structure, kind == MailKind.Mbox ? MimeFormat.Mbox : MimeFormat.Entity);
        for (int message = 1; !index.IsEndOfStream; message++)
        {
            string? limit = TryRead(index, isFirst: message == 1);
            foreach (MailItem item in index.Items)
            {
                string number = NumberOf(kind == MailKind.Mbox ? message : 0, item.Number);
                foreach (DocumentPart part in item is MailHeader header ? Header(header, number) : Content((MailContent)item, number, contents))
                {
                    yield return part;
                }
            }

            if (limit is not null)
            {
                context.NoteLimit(limit);
                yield return RestAsText(index.ReadTo, stream);
                yield break;
            }
        }
    }

    // Why it was not read to its end; null where it was.
    private string? TryRead(MailIndex index, bool isFirst)
    {
        try
        {
            index.ReadNext(context.CancellationToken);
            return null;
        }
        catch (MailLimitException exception)
        {
            return exception.Message;
        }
        catch (FormatException)
        {
            // Behind the last message of several there may be anything.
            return isFirst ? "it has no email headers" : "the text after the last email is not an email";
        }
    }

    private string NumberOf(int message, string number)
    {
        string whole = Within.Length == 0 || number.Length == 0 ? Within + number : $"{Within}.{number}";
        return message == 0 ? whole : $"message {message} {whole}".TrimEnd();
    }

    private IEnumerable<DocumentPart> Header(MailHeader header, string number)
    {
        if (MailHeaders.TextOf(header, bytes => context.Decode(bytes)) is { } text)
        {
            yield return new TextPart($"{number} header {DisplayText.Clean(header.Field)}{Suffix(EncodedAs)}".TrimStart(), header.Line, new StringReader(text));
        }
    }

    private IEnumerable<DocumentPart> Content(MailContent content, string number, MailContents contents)
    {
        string? encodedAs = EncodedAs ?? NameOf(content.Encoding);
        string name = content.FileName is null ? "" : $" '{DisplayText.Clean(content.FileName)}'";
        string label = $"{number} {content.MediaType}{name}{Suffix(encodedAs)}".TrimStart();
        if (MailContents.MayBeMail(content) && TryOpenMail(content, number, encodedAs, contents) is { } mail)
        {
            foreach (DocumentPart part in mail.Read())
            {
                yield return part;
            }

            yield break;
        }

        if (MailContents.IsFile(content) && context.WantsFiles && contents.Sha256(content, context.CancellationToken) is { } sha256)
        {
            yield return new AttachedFile(label, content.Line, content.FileName, sha256);
        }

        if (contents.IsText(content))
        {
            if (content.MediaType.StartsWith("multipart/", StringComparison.Ordinal) && content.Begin < content.End && content.Encoding == ContentEncoding.Default)
            {
                context.NoteLimit($"its parts are nested more than {MailLimits.Depth} deep");
            }

            Encoding? encoding = contents.Utf7Of(content) ?? context.EncodingOf(content.Charset);

            // A part is read to its end, or not at all, before the next one is asked for: they share the file.
            yield return new TextPart(
                label,
                content.Encoding == ContentEncoding.Default ? content.Line : 1,
                TextOpening.Open(contents.Open(content), encoding, context.NoteGuess),
                contents.IsHtml(content));
        }
    }

    private MailDocument? TryOpenMail(MailContent content, string number, string? encodedAs, MailContents contents)
    {
        if (Depth == MailLimits.EncodedMailDepth)
        {
            context.NoteLimit($"its attached emails are nested more than {MailLimits.EncodedMailDepth} deep");
            return null;
        }

        byte[]? bytes = contents.ReadAll(content, MailLimits.EncodedMailLength);
        if (bytes is null)
        {
            context.NoteLimit($"the email in part {number} is larger than {MailLimits.EncodedMailLength / 1024 / 1024} MB");
            return null;
        }

        MailKind inner = MailSignature.Of(bytes.AsSpan(0, Math.Min(bytes.Length, MailSignature.Length)), isNamed: true);
        return inner == MailKind.None ? null : new MailDocument(() => new MemoryStream(bytes, writable: false), inner, context)
        {
            Within = number,
            // Without an encoding of its own it is in parts that are too deep, and its lines are no longer counted.
            EncodedAs = encodedAs ?? "nested",
            Depth = Depth + 1,
        };
    }

    private TextPart RestAsText((long Offset, int Line) from, Stream stream)
    {
        stream.Position = from.Offset;
        return new TextPart($"{Within} rest{Suffix(EncodedAs)}".TrimStart(), from.Line, TextOpening.Open(stream, context.Encoding, context.NoteGuess));
    }

    private static string Suffix(string? encodedAs) => encodedAs is null ? "" : $" ({encodedAs})";

    private static string? NameOf(ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.Base64 => "base64",
        ContentEncoding.QuotedPrintable => "quoted-printable",
        ContentEncoding.UUEncode => "uuencode",
        _ => null,
    };
}
