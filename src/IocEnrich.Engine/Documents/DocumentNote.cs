using System.Text;

namespace IocEnrich.Engine.Documents;

/// <summary>A note for the user about reading a document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">The name of the guessed encoding, or the part that was searched as plain text.</param>
public sealed record DocumentNote(DocumentNoteKind Kind, string Path, string Detail)
{
    /// <summary>The note that an encoding was guessed.</summary>
    /// <param name="guess">The guess; <see langword="null"/> if there is none.</param>
    public static DocumentNote OfGuess(string path, Encoding? guess) =>
        guess is null ? new(DocumentNoteKind.EncodingUnknown, path, "") : new(DocumentNoteKind.EncodingGuessed, path, guess.WebName);
}

/// <summary>The kinds of notes about a document.</summary>
public enum DocumentNoteKind
{
    /// <summary>The document declares no encoding and is not UTF-8: its encoding was guessed.</summary>
    EncodingGuessed,

    /// <summary>The document is not UTF-8, and its encoding could not be detected: only ASCII was read.</summary>
    EncodingUnknown,

    /// <summary>An email was too large or too deeply nested: the rest was searched as plain text.</summary>
    MailNotReadToItsEnd,
}
