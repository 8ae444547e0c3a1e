namespace IocEnrich.Model.Tests;

public class ExtractorStreamTests
{
    private const int ManyCharacters = 400_000;

    [Fact]
    public void A_text_in_parts_gives_what_the_whole_text_gives()
    {
        FuzzInput input = new(7);
        string filler = new(' ', 300);
        string text = string.Concat(Enumerable.Range(0, 900).Select(i => $"{input.Next(60)} {filler}evil{i}[.]com hxxp://evil.com/{i}\n"));
        Assert.True(text.Length > 300_000);
        IReadOnlyList<IndicatorOccurrence> whole = IndicatorExtractor.Extract(text);

        IndicatorExtractor extractor = new();
        List<IndicatorOccurrence> parts = [];
        for (int start = 0; start < text.Length;)
        {
            int length = Math.Min(1 + input.NextInt(5000), text.Length - start);
            extractor.Append(text.AsSpan(start, length), parts);
            start += length;
        }

        extractor.Complete(parts);
        Assert.True(whole.Count > 1800);
        Assert.Equal(whole, parts);
        Assert.Equal(whole, IndicatorExtractor.Extract(new StringReader(text)));
    }

    [Fact]
    public void An_endless_line_is_read_in_the_memory_of_a_short_one()
    {
        EndlessLine reader = new(ManyCharacters);
        long before = GC.GetAllocatedBytesForCurrentThread();
        IndicatorOccurrence last = IndicatorExtractor.Extract(reader).Last();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(1, last.Line);
        Assert.InRange(last.Column, ManyCharacters - 100, ManyCharacters);
        Assert.InRange(allocated, 0, 600_000);
    }

    // Quadratic work on a text of this length would not come back within the hour.
    [Theory]
    [InlineData("[")]
    [InlineData("[.")]
    [InlineData(".[")]
    [InlineData("((")]
    [InlineData("[](){}<>")]
    [InlineData("a.")]
    [InlineData("1.")]
    [InlineData("a@")]
    [InlineData("a:")]
    [InlineData("::")]
    [InlineData("[::")]
    [InlineData("http://")]
    [InlineData("hxxp[")]
    [InlineData("http://a.zz/")]
    [InlineData("abcd://a")]
    [InlineData("http://a.com/(")]
    [InlineData("a dot ")]
    [InlineData("a at ")]
    [InlineData("a+")]
    [InlineData("a'")]
    [InlineData("h__")]
    [InlineData("a")]
    [InlineData("f")]
    [InlineData("ü")]
    [InlineData("访")]
    [InlineData("\\.")]
    [InlineData("\n")]
    [InlineData("%25")]
    [InlineData("%20a")]
    [InlineData("a%2Ecom")]
    [InlineData("&amp;")]
    [InlineData("&#38;amp;")]
    [InlineData("\\\\")]
    [InlineData("\\n")]
    [InlineData("\\\"a")]
    [InlineData("\\u0026")]
    [InlineData("=3Da")]
    [InlineData("=C3=A9")]
    [InlineData("\\\\a.com\\")]
    [InlineData("?u=http://a.com/")]
    [InlineData("http%3A%2F%2Fa.com%2F")]
    public void A_text_of_one_repeated_trick_is_read_to_its_end(string trick)
    {
        string text = string.Concat(Enumerable.Repeat(trick, ManyCharacters / trick.Length));
        foreach (IndicatorOccurrence occurrence in IndicatorExtractor.Extract($"{text} evil.com"))
        {
            Assert.NotEqual(0, occurrence.Line);
        }

        string token = text[..IndicatorParser.MaxLength];
        for (int i = 0; i < 100; i++)
        {
            _ = IndicatorParser.TryParse(token, out Indicator? _);
        }
    }

    // Of each character at most so many are decoded, however long the text is: counted, since time depends on the machine.
    [Theory]
    [InlineData("%25")]
    [InlineData("%252520a")]
    [InlineData("a%2Ecom ")]
    [InlineData("&amp;amp;amp;")]
    [InlineData("&amp; ")]
    [InlineData("\\\\\\\\n")]
    [InlineData("\\n")]
    [InlineData("C:\\new ")]
    [InlineData("\\u0026amp;")]
    [InlineData("=3Da ")]
    [InlineData("=C3=A9")]
    [InlineData("http://a.com/?u=http%3A%2F%2Fb.com%2F%3Fu%3Dhttp%253A%252F%252Fc.com ")]
    [InlineData("/http://a.com")]
    public void What_is_decoded_grows_with_the_text_and_no_faster(string trick)
    {
        const int MostPerCharacter = 40;
        foreach (int length in new[] { 50_000, 400_000 })
        {
            string text = string.Concat(Enumerable.Repeat(trick, length / trick.Length));
            DecodingScratch scratch = new();
            new TextScanner(text, text.Length, includeUrlHosts: false, [], scratch).Scan(0);
            Assert.InRange(scratch.Work, 0, (long)MostPerCharacter * length);
        }
    }

    [Fact]
    public void Encoded_text_in_parts_gives_what_the_whole_text_gives()
    {
        FuzzInput input = new(11);
        string filler = new('x', 700);
        string text = string.Concat(Enumerable.Range(0, 600).Select(i => (i % 4) switch
        {
            0 => $"{filler} a=http%3A%2F%2Fevil{i}.com%2Fa%3Fb%3D{i} ",
            1 => $"\"{filler}\\nhttp:\\/\\/evil{i}.com\\/a\\u0026b\",\n",
            2 => $"{filler}&lt;evil{i}.com&gt;{filler}",
            _ => $" {filler}%20evil{i}.com%0A",
        }));
        Assert.True(text.Length > 300_000);
        IReadOnlyList<IndicatorOccurrence> whole = IndicatorExtractor.Extract(text);
        IndicatorExtractor extractor = new();
        List<IndicatorOccurrence> parts = [];
        for (int start = 0; start < text.Length;)
        {
            int length = Math.Min(1 + input.NextInt(5000), text.Length - start);
            extractor.Append(text.AsSpan(start, length), parts);
            start += length;
        }

        extractor.Complete(parts);
        Assert.True(whole.Count >= 600, $"{whole.Count}");
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void An_indicator_behind_a_word_of_any_length_is_found()
    {
        string text = $"{new string('f', ManyCharacters)} evil.com";
        IndicatorOccurrence found = Assert.Single(IndicatorExtractor.Extract(new StringReader(text)));
        Assert.Equal(("evil.com", 1L, ManyCharacters + 2L), (found.Value, found.Line, found.Column));
    }

    /// <summary>Words without an end of line, made as they are read, with an indicator at the end.</summary>
    private sealed class EndlessLine(int length) : TextReader
    {
        private int _read;

        public override int Read(char[] buffer, int index, int count)
        {
            const string Tail = " evil.com";
            int taken = Math.Min(count, length - _read);
            for (int i = 0; i < taken; i++, _read++)
            {
                int fromEnd = length - _read;
                buffer[index + i] = fromEnd <= Tail.Length ? Tail[^fromEnd] : _read % 7 == 0 ? ' ' : 'w';
            }

            return taken;
        }
    }
}
