using System.Globalization;
using System.Text;
using IocEnrich.Engine.Documents;
using IocEnrich.Engine.Documents.Encodings;

namespace IocEnrich.Engine.Tests.Documents;

/// <summary>Bytes that nobody has told the encoding of.</summary>
public sealed class EncodingTests : IDisposable
{
    private readonly DocumentFile _file = new("report.txt");

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("windows-1252", "the actor used paypäl.com and müller.de")]
    [InlineData("iso-8859-1", "paypäl.com")]
    [InlineData("windows-1251", "вредоносный домен пример.com был использован в атаке")]
    [InlineData("koi8-r", "вредоносный домен пример.com был использован в атаке")]
    [InlineData("shift_jis", "悪意のある 例え.jp ドメイン")]
    [InlineData("euc-jp", "悪意のある 例え.jp ドメイン")]
    [InlineData("iso-2022-jp", "悪意のある 例え.jp ドメイン")]
    [InlineData("euc-kr", "악성 도메인 예.com 입니다")]
    [InlineData("utf-16", "paypäl.com")]
    [InlineData("utf-16BE", "paypäl.com")]
    [InlineData("utf-32", "paypäl.com")]
    public void A_guess_finds_the_names_that_are_there_and_is_noted_once(string name, string text)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        string[] words = [.. text.Split(' ').Where(static word => word.Contains('.', StringComparison.Ordinal))];
        IdnMapping idn = new();

        IReadOnlyList<IndicatorOccurrence> found = _file.Find(encoding.GetBytes(text + "\nevil.com\n" + text + "\n"));

        Assert.Equal([.. words.Select(word => idn.GetAscii(word)), "evil.com", .. words.Select(word => idn.GetAscii(word))], found.Select(static each => each.Value));
        Assert.Equal(DocumentNoteKind.EncodingGuessed, Assert.Single(_file.Notes).Kind);
    }

    [Fact]
    public void Where_nothing_tells_the_encoding_no_name_is_made_of_what_is_left()
    {
        byte[] bytes = [.. "payp"u8, 0xE9, .. "l.com http://evil.com/a"u8, 0xE9, .. "b b"u8, 0xE9, .. "b@evil.com evil.org\n"u8];
        bytes = [.. bytes, .. "x"u8, 0x81, .. "y.com\n"u8];

        IReadOnlyList<IndicatorOccurrence> found = _file.Find(bytes, encoding: EncodingGuess.OnlyAscii);

        Assert.Equal(["evil.org"], found.Select(static each => each.Value));
        Assert.All(found, static each => Assert.DoesNotContain('\uFFFD', each.Text));
    }

    [Theory]
    [InlineData("payp\uFFFDl.com")]
    [InlineData("\uFFFDpaypal.com")]
    [InlineData("paypal.com\uFFFD")]
    [InlineData("pay\uFFFD.pal.com")]
    [InlineData("http://payp\uFFFDl.com/a")]
    [InlineData("http://paypal.com/a\uFFFDb")]
    [InlineData("b\uFFFDb@paypal.com")]
    [InlineData("bob@payp\uFFFDl.com")]
    public void A_letter_that_somebody_else_has_lost_makes_no_other_name(string text)
    {
        Assert.Empty(_file.Find(text));
        Assert.Equal(["evil.com"], _file.Find(text + " evil.com").Select(static each => each.Value));
    }

    [Fact]
    public void One_line_in_another_encoding_does_no_harm_to_the_lines_in_UTF_8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("bücher.de\n"), .. Encoding.Latin1.GetBytes("the user said naïvely möglich, über müller.de\n"), .. Encoding.UTF8.GetBytes("пример.com bücher.de\n")];

        Assert.Equal(
            ["xn--bcher-kva.de", "xn--mller-kva.de", "xn--e1afmkfd.com", "xn--bcher-kva.de"],
            _file.Find(bytes).Select(static each => each.Value));
    }

    [Fact]
    public void What_is_told_is_believed_and_not_noted()
    {
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes("пример.com");

        Assert.Equal("xn--e1afmkfd.com", Assert.Single(_file.Find(bytes, encoding: EncodingNames.Find("1251"))).Value);
        Assert.Empty(_file.Notes);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("65000")]
    [InlineData("no-such-charset")]
    [InlineData("")]
    [InlineData("99999999999")]
    [InlineData("-1")]
    public void A_name_of_no_encoding_finds_none(string name) => Assert.Null(EncodingNames.Find(name));

    [Fact]
    public void Text_in_UTF_8_reads_as_a_StreamReader_reads_it_wherever_the_blocks_end()
    {
        Random random = new(7);
        StringBuilder text = new();
        while (text.Length < 300_000)
        {
            text.Append(random.Next(6) switch { 0 => "\n", 1 => "é", 2 => "中", 3 => "😀", 4 => "a\r\n", _ => new string('x', random.Next(200)) });
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        using TextReader reader = TextOpening.Open(new OddStream(bytes, random), null, static _ => Assert.Fail("Nothing is to be guessed."));

        Assert.Equal(text.ToString(), reader.ReadToEnd());
    }

    [Fact]
    public void Any_bytes_are_read_to_their_end_in_memory_that_does_not_grow()
    {
        Random random = new(8);
        byte[] bytes = new byte[1_000_000];
        random.NextBytes(bytes);
        for (int i = 0; i < bytes.Length; i += random.Next(1, 3000))
        {
            bytes[i] = (byte)'\n';
        }

        int lines = bytes.Count(static b => b == (byte)'\n');
        using TextReader reader = TextOpening.Open(new OddStream([.. "text "u8, .. bytes], random), null, static _ => { });

        // In an encoding of one byte a character or of several, a line end is a line end.
        Assert.Equal(lines, reader.ReadToEnd().Count(static c => c == '\n'));
    }

    // Gives what it has in pieces of any length, as a socket does.
    private sealed class OddStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, 20_000)));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, random.Next(1, 20_000))]);
    }
}
