namespace IocEnrich.Engine.Documents;

/// <summary>
/// Keeps indicators apart from what could not be decoded. In <c>payp\uFFFDl.com</c> there was a letter that nobody knows: neither <c>l.com</c> nor
/// anything else is the name. So U+FFFD becomes a mark that reads as a letter of a word, of which nothing valid is made, and what still
/// holds a mark is not reported.
/// </summary>
public static class UnreadableCharacters
{
    private const char Mark = LostCharacter.Mark;
    private const char Replacement = LostCharacter.Replacement;

    /// <summary>Marks the characters of a text that could not be decoded.</summary>
    public static string Marked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace(Replacement, Mark);
    }

    /// <summary>Marks the same in a part of a text.</summary>
    /// <param name="text">The part; it is changed.</param>
    public static void MarkIn(Span<char> text) => text.Replace(Replacement, Mark);

    /// <summary>Whether a text is whole: it holds no mark.</summary>
    public static bool IsWhole(ReadOnlySpan<char> text) => !text.Contains(Mark);

    /// <summary>A text with its marks, as it is read.</summary>
    /// <param name="reader">The text; the caller disposes it.</param>
    public static TextReader Marked(TextReader reader) => new MarkingReader(reader);

    private sealed class MarkingReader(TextReader reader) : TextReader
    {
        public override int Peek() => Of(reader.Peek());

        public override int Read() => Of(reader.Read());

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            int read = reader.Read(buffer);
            MarkIn(buffer[..read]);
            return read;
        }

        private static int Of(int c) => c == Replacement ? Mark : c;
    }
}
