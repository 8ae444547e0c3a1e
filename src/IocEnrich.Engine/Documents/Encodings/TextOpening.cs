using System.Text;

namespace IocEnrich.Engine.Documents.Encodings;

/// <summary>Opens bytes as text.</summary>
public static class TextOpening
{
    /// <summary>
    /// Opens a text: in the encoding that its byte order mark names; else in the one that was told; else as UTF-8, and in a guessed encoding
    /// where it is not that.
    /// </summary>
    /// <param name="stream">The bytes; disposed with the reader.</param>
    /// <param name="encoding">The encoding that somebody has told; <see langword="null"/> for none.</param>
    /// <param name="guessed">Called, while reading, when the encoding had to be guessed: with the guess, or with <see langword="null"/> where
    /// there is none, and everything but ASCII is U+FFFD.</param>
    /// <exception cref="IOException">The beginning cannot be read.</exception>
    public static TextReader Open(Stream stream, Encoding? encoding, Action<Encoding?> guessed)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(guessed);
        PeekedStream peeked = new(stream, TextBeginning.Length);
        if (TextBeginning.OfMark(peeked.Beginning) is { } marked)
        {
            if (!EncodingNames.IsUtf8OrAscii(marked))
            {
                return new StreamReader(peeked, marked);
            }

            peeked.Skip(3);
            return new DetectingReader(peeked, guessed);
        }

        if (encoding is not null)
        {
            return new StreamReader(peeked, encoding, detectEncodingFromByteOrderMarks: false);
        }

        if (TextBeginning.OfBytes(peeked.Beginning) is { } seen)
        {
            guessed(seen);
            return new StreamReader(peeked, seen, detectEncodingFromByteOrderMarks: false);
        }

        return new DetectingReader(peeked, guessed);
    }
}
