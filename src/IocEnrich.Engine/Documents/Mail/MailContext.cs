using System.Text;
using IocEnrich.Engine.Documents.Encodings;

namespace IocEnrich.Engine.Documents.Mail;

/// <summary>What is the same for every mail of a file.</summary>
/// <param name="Encoding">The encoding of parts that do not tell theirs; <see langword="null"/> for UTF-8, or a guess.</param>
/// <param name="WantsFiles">Whether attached files are wanted: their bytes are hashed.</param>
/// <param name="NoteGuess">Takes the guess of an encoding.</param>
/// <param name="NoteLimit">Takes what was not read.</param>
/// <param name="CancellationToken">Ends the reading.</param>
internal sealed record MailContext(
    Encoding? Encoding, bool WantsFiles, Action<Encoding?> NoteGuess, Action<string> NoteLimit, CancellationToken CancellationToken)
{
    /// <summary>
    /// The encoding that a part is read in; <see langword="null"/> if it is UTF-8, says nothing, or says what nobody knows: then its
    /// bytes decide. What says it is ASCII and is not says nothing.
    /// </summary>
    internal Encoding? EncodingOf(string? charset) =>
        EncodingNames.Find(charset) is not { } told ? Encoding : EncodingNames.IsUtf8OrAscii(told) ? (Encoding is null || told.CodePage == 65001 ? null : Encoding) : told;

    /// <summary>Decodes the bytes of a header, which may be anything but should be ASCII.</summary>
    internal string Decode(byte[] bytes)
    {
        if (System.Text.Ascii.IsValid(bytes))
        {
            return System.Text.Encoding.ASCII.GetString(bytes);
        }

        using TextReader reader = TextOpening.Open(new MemoryStream(bytes, writable: false), Encoding, NoteGuess);
        return reader.ReadToEnd();
    }
}
