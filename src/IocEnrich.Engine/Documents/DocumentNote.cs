using System.Text;

namespace IocEnrich.Engine.Documents;

/// <summary>Something about a document that its reader should know.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">The file.</param>
/// <param name="Detail">The name of the encoding that was guessed, or the part that was not read as what it is.</param>
public sealed record DocumentNote(DocumentNoteKind Kind, string Path, string Detail)
{
    /// <summary>That an encoding was guessed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="guess">The guess; <see langword="null"/> where there is none.</param>
    public static DocumentNote OfGuess(string path, Encoding? guess) =>
        guess is null ? new(DocumentNoteKind.EncodingUnknown, path, "") : new(DocumentNoteKind.EncodingGuessed, path, guess.WebName);
}

/// <summary>What there is to know about a document.</summary>
public enum DocumentNoteKind
{
    /// <summary>Nobody has told the encoding, and it is not UTF-8: it was guessed.</summary>
    EncodingGuessed,

    /// <summary>It is not UTF-8, and nothing tells what it is: only what is ASCII was read.</summary>
    EncodingUnknown,

    /// <summary>A mail was too large or too deep to be read as a mail to its end: the rest was searched as plain text.</summary>
    MailNotReadToItsEnd,
}
