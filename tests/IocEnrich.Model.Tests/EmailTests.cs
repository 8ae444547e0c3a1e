namespace IocEnrich.Model.Tests;

public class EmailTests
{
    [Theory]
    [InlineData("bob@evil.com", "bob@evil.com")]
    [InlineData("Bob.Smith+tag@Evil.COM", "Bob.Smith+tag@evil.com")]
    [InlineData("o'brien@evil.com", "o'brien@evil.com")]
    [InlineData("jürgen@example.com", "jürgen@example.com")]
    [InlineData("用户@例子.中国", "用户@xn--fsqu00a.xn--fiqs8s")]
    [InlineData("bob@bücher.de", "bob@xn--bcher-kva.de")]
    [InlineData("mailto:bob@evil.com?subject=hi", "bob@evil.com")]
    [InlineData("<bob@evil.com>", "bob@evil.com")]
    [InlineData("bob@[198.51.100.7]", "bob@[198.51.100.7]")]
    public void What_stands_before_an_at_sign_keeps_its_letters(string text, string canonical) =>
        Recognised.As(IndicatorType.Email, canonical, text);

    [Theory]
    [InlineData("@evil.com", "not allowed before the @")]
    [InlineData("a@b@evil.com", "not allowed before the @")]
    [InlineData("a..b@evil.com", "not allowed before the @")]
    [InlineData("bob@evil.pumpkin", "is not a top-level domain")]
    [InlineData("bob@evil", "does not look like an address")]
    public void What_is_no_address_is_refused_with_the_reason(string text, string reason) => Recognised.AsNothing(text, reason);

    [Fact]
    public void The_local_part_has_64_octets_at_most()
    {
        string local = new('a', 64);
        Recognised.As(IndicatorType.Email, $"{local}@evil.com", $"{local}@evil.com");
        Recognised.AsNothing($"a{local}@evil.com", "not allowed before the @");
    }
}
