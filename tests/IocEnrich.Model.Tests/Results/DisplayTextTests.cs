namespace IocEnrich.Model.Tests.Results;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("plain text, ümläut, 漢字, العربية and 🙂")]
    [InlineData("")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("สวัสดี नमस्ते Việt Nam e\u0301 שָׁלוֹם ❤\uFE0F")]
    public void Text_that_is_safe_to_show_stays_the_same_instance(string text) => Assert.Same(text, DisplayText.Clean(text));

    [Theory]
    [InlineData("\u001b[2J", @"\u{001B}[2J")]
    [InlineData("a\r\nb\tc\0", @"a\u{000D}\u{000A}b\u{0009}c\u{0000}")]
    [InlineData("\u009b31m", @"\u{009B}31m")]
    [InlineData("exe.\u202egpj", @"exe.\u{202E}gpj")]
    [InlineData("\u2066x\u2069", @"\u{2066}x\u{2069}")]
    [InlineData("a\u200bb\ufeff", @"a\u{200B}b\u{FEFF}")]
    [InlineData("a\u2028b", @"a\u{2028}b")]
    [InlineData("\U000E0041", @"\u{E0041}")]
    [InlineData("a\u3164b\u2800c\u034Fd", @"a\u{3164}b\u{2800}c\u{034F}d")]
    [InlineData("\u0301a", @"\u{0301}a")]
    [InlineData("e\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301\\u{0301}")]
    public void What_could_act_on_a_terminal_or_mislead_a_reader_becomes_visible(string text, string shown) =>
        Assert.Equal(shown, DisplayText.Clean(text));

    [Fact]
    public void A_broken_surrogate_becomes_the_replacement_character() => Assert.Equal("a\uFFFDb", DisplayText.Clean("a" + (char)0xD800 + "b"));

    [Fact]
    public void What_is_too_long_is_cut_and_marked()
    {
        Assert.Equal("aaaaa…", DisplayText.Clean("aaaaaaaaaa", maxLength: 5));
        Assert.Equal("🙂🙂…", DisplayText.Clean("🙂🙂🙂", maxLength: 3));
        Assert.Equal(DisplayText.MaxLength + 1, DisplayText.Clean(new string('a', 1_000_000)).Length);
        Assert.InRange(DisplayText.Clean(new string('\u001b', 1_000_000)).Length, DisplayText.MaxLength, DisplayText.MaxLength + 10);
        Assert.InRange(DisplayText.Clean(new string('\u0301', 1_000_000)).Length, DisplayText.MaxLength, DisplayText.MaxLength + 10);
    }
}
