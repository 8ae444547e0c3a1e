using System.Text;
using IocEnrich.Engine.Documents.Encodings;
using IocEnrich.Engine.Documents.Html;
using IocEnrich.Engine.Documents.Mail;

namespace IocEnrich.Engine.Documents;

/// <summary>
/// Finds the indicators in a file: in an email by its parts, in any other file as one text. It reads while it searches, in constant memory.
/// </summary>
/// <param name="options">What to look for.</param>
/// <param name="encoding">The encoding of texts that do not tell theirs; <see langword="null"/> for UTF-8, or a guess where it is not that.</param>
/// <param name="note">Takes what the reader of a file should know; each note once for a file.</param>
public sealed class DocumentSearch(IndicatorExtractorOptions options, Encoding? encoding, Action<DocumentNote> note)
{
    private static readonly string[] MailNames = [".eml", ".mbox", ".mbx", ".emlx", ".mht", ".mhtml"];

    /// <summary>Finds the indicators in one file, while it is read.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="IOException">While the result is walked through: the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same: it must not be read.</exception>
    /// <exception cref="OperationCanceledException">The same: the search was ended.</exception>
    public IEnumerable<IndicatorOccurrence> InFile(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        HashSet<DocumentNote> noted = [];
        void NoteOnce(DocumentNote one)
        {
            if (noted.Add(one))
            {
                note(one);
            }
        }

        return Search(path, NoteOnce, cancellationToken);
    }

    // A log may be written to meanwhile.
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static bool IsWhole(IndicatorOccurrence occurrence) => UnreadableCharacters.IsWhole(occurrence.Text);

    private static MailKind MailKindOf(FileStream file)
    {
        if (!file.CanSeek)
        {
            return MailKind.None;
        }

        byte[] beginning = new byte[MailSignature.Length];
        int length = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return MailSignature.Of(beginning.AsSpan(0, length), Array.Exists(MailNames, name => file.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase)));
    }

    private IEnumerable<IndicatorOccurrence> Search(string path, Action<DocumentNote> noteOnce, CancellationToken cancellationToken)
    {
        IndicatorExtractorOptions own = options with { Path = path };
        using FileStream file = Open(path);
        void NoteGuess(Encoding? guess) => noteOnce(DocumentNote.OfGuess(path, guess));
        MailKind kind = MailKindOf(file);
        if (kind == MailKind.None)
        {
            using TextReader reader = TextOpening.Open(file, encoding, NoteGuess);
            foreach (IndicatorOccurrence occurrence in IndicatorExtractor.Extract(UnreadableCharacters.Marked(reader), own, cancellationToken).Where(IsWhole))
            {
                yield return occurrence;
            }

            yield break;
        }

        MailContext context = new(
            encoding,
            options.Types?.Contains(IndicatorType.Sha256) != false,
            NoteGuess,
            limit => noteOnce(new DocumentNote(DocumentNoteKind.MailNotReadToItsEnd, path, limit)),
            cancellationToken);
        foreach (DocumentPart part in new MailDocument(() => Open(path), kind, context).Read())
        {
            foreach (IndicatorOccurrence occurrence in InPart(part, own, noteOnce, cancellationToken))
            {
                yield return occurrence;
            }
        }
    }

    private static IEnumerable<IndicatorOccurrence> InPart(
        DocumentPart part, IndicatorExtractorOptions options, Action<DocumentNote> noteOnce, CancellationToken cancellationToken)
    {
        if (part is AttachedFile file)
        {
            Indicator hash = new(IndicatorType.Sha256, file.Sha256);
            return [new IndicatorOccurrence(hash, file.FileName ?? file.Sha256, options.Path, part.Line, 1) { Part = part.Label }];
        }

        TextPart text = (TextPart)part;
        return text.IsHtml ? HtmlSearch.In(text, options, noteOnce, cancellationToken) : InText(text, text.Reader, options, cancellationToken);
    }

    internal static IEnumerable<IndicatorOccurrence> InText(TextPart part, TextReader reader, IndicatorExtractorOptions options, CancellationToken cancellationToken)
    {
        using TextReader text = part.Reader;
        foreach (IndicatorOccurrence occurrence in IndicatorExtractor.Extract(UnreadableCharacters.Marked(reader), options with { FirstLine = part.Line }, cancellationToken).Where(IsWhole))
        {
            yield return occurrence with { Part = part.Label };
        }
    }
}
