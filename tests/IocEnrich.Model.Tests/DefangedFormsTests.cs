namespace IocEnrich.Model.Tests;

/// <summary>The ways to defang a separator, and that they combine.</summary>
public class DefangedFormsTests
{
    [Theory]
    [InlineData("[.]")]
    [InlineData("(.)")]
    [InlineData("{.}")]
    [InlineData("<.>")]
    [InlineData("[.")]
    [InlineData(".]")]
    [InlineData("(.")]
    [InlineData(".)")]
    [InlineData("{.")]
    [InlineData(".}")]
    [InlineData("[[.]]")]
    [InlineData("[.)")]
    [InlineData("\\.")]
    [InlineData("[\\.]")]
    [InlineData("^.")]
    [InlineData("[,]")]
    [InlineData(" [.] ")]
    [InlineData(" . ]")]
    [InlineData("[ . ]")]
    [InlineData("[dot]")]
    [InlineData("[DOT]")]
    [InlineData("(dot)")]
    [InlineData("{Dot}")]
    [InlineData("<dot>")]
    [InlineData("[dot")]
    [InlineData("dot]")]
    [InlineData(" dot ")]
    [InlineData(" [dot] ")]
    [InlineData("DOT")]
    [InlineData(" DOT ")]
    [InlineData("-dot-")]
    [InlineData("_dot_")]
    [InlineData("[punto]")]
    [InlineData("(punkt)")]
    [InlineData("\u3002")]
    [InlineData("\uFF0E")]
    [InlineData("\u30FB")]
    public void A_dot_in_any_disguise_is_a_dot(string dot)
    {
        Recognised.As(IndicatorType.Domain, "evil.com", $"evil{dot}com");
        Recognised.As(IndicatorType.Domain, "www.evil.com", $"www{dot}evil{dot}com");
        Recognised.As(IndicatorType.Email, "bob@evil.com", $"bob@evil{dot}com");
    }

    [Theory]
    [InlineData("[.]")]
    [InlineData("(.)")]
    [InlineData("[.")]
    [InlineData(".]")]
    [InlineData("\\.")]
    [InlineData("[dot]")]
    [InlineData(" dot ")]
    [InlineData("\\.)")]
    [InlineData(",")]
    public void The_dots_of_an_address_are_disguised_the_same_ways(string dot) =>
        Recognised.As(IndicatorType.IPv4, "198.51.100.7", $"198{dot}51{dot}100{dot}7");

    [Theory]
    [InlineData("[@]")]
    [InlineData("(@)")]
    [InlineData("{@}")]
    [InlineData("[@")]
    [InlineData("@]")]
    [InlineData(" @ ")]
    [InlineData("[at]")]
    [InlineData("[AT]")]
    [InlineData("(at)")]
    [InlineData("{at}")]
    [InlineData("<at>")]
    [InlineData(" at ")]
    [InlineData(" AT ")]
    [InlineData("AT")]
    [InlineData("[et]")]
    [InlineData(" ET ")]
    [InlineData("(arroba)")]
    [InlineData("ARROBA")]
    [InlineData("\uFF20")]
    public void An_at_sign_in_any_disguise_is_one(string at)
    {
        Recognised.As(IndicatorType.Email, "bob@evil.com", $"bob{at}evil[.]com");
        Recognised.As(IndicatorType.Email, "bob@mail.evil.com", $"bob{at}mail[.]evil.com");
    }

    [Theory]
    [InlineData("hxxp://", "http")]
    [InlineData("hXXp://", "http")]
    [InlineData("HXXPS://", "https")]
    [InlineData("h**p://", "http")]
    [InlineData("hxtps://", "https")]
    [InlineData("hzzp://", "http")]
    [InlineData("h[tt]p://", "http")]
    [InlineData("[http]://", "http")]
    [InlineData("(hxxps)://", "https")]
    [InlineData("http[s]://", "https")]
    [InlineData("hxxp(s)://", "https")]
    [InlineData("meow://", "http")]
    [InlineData("xxxxx://", "https")]
    [InlineData("ttp://", "http")]
    [InlineData("fxp://", "ftp")]
    [InlineData("fXps://", "ftps")]
    [InlineData("sfxp://", "sftp")]
    [InlineData("http[:]//", "http")]
    [InlineData("http[://]", "http")]
    [InlineData("http(:)//", "http")]
    [InlineData("http[:][/][/]", "http")]
    [InlineData("hxxps[:]\\\\", "https")]
    [InlineData("http:\\\\", "http")]
    [InlineData("http\\://", "http")]
    [InlineData("http:\\/\\/", "http")]
    [InlineData("http__", "http")]
    [InlineData("hxxp:__", "http")]
    [InlineData("http:///", "http")]
    [InlineData("http//", "http")]
    [InlineData("http:/", "http")]
    [InlineData("http ://", "http")]
    [InlineData("http: //", "http")]
    [InlineData("http:// ", "http")]
    public void A_scheme_in_any_disguise_is_one(string prefix, string scheme)
    {
        Recognised.As(IndicatorType.Url, $"{scheme}://evil.com/a.php", $"{prefix}evil.com/a.php");
        Recognised.As(IndicatorType.Url, $"{scheme}://www.evil.com/a.php", $"{prefix}www[.]evil[.]com[/]a[.]php");
    }

    [Theory]
    [InlineData("hxxp://evil[.]com[:]8080[/]a[.]php", "http://evil.com:8080/a.php")]
    [InlineData("hxxp://evil[.]com[:8080]/a", "http://evil.com:8080/a")]
    [InlineData("hxxp://198[.]51[.]100[.]7[:]8080/a", "http://198.51.100.7:8080/a")]
    [InlineData("hxxp:// evil .com /a", "http://evil.com/a")]
    [InlineData("hxxp__ evil( .com[/]a", "http://evil.com/a")]
    [InlineData("hxxp://evil,com/a", "http://evil.com/a")]
    [InlineData("hxxp://[evil.com]/a", "http://evil.com/a")]
    [InlineData("hxxp://[www].evil.com/a", "http://www.evil.com/a")]
    [InlineData("hxxp://bob[@]evil[.]com/a", "http://bob@evil.com/a")]
    [InlineData("http://evil.com/a[.]b(.)c[dot]d\\.e", "http://evil.com/a.b.c.d.e")]
    [InlineData("http://evil.com/x[-]y[/]z", "http://evil.com/x-y/z")]
    [InlineData("evil[.]com/a", "http://evil.com/a")]
    [InlineData("evil[.]com[/]a", "http://evil.com/a")]
    [InlineData("hxxp://[2001:db8::1]/a", "http://[2001:db8::1]/a")]
    public void The_disguises_of_a_URL_combine(string text, string canonical) => Recognised.As(IndicatorType.Url, canonical, text);

    [Theory]
    [InlineData("2001[:]db8[:]85a3[:][:]1")]
    [InlineData("2001[:]db8[:]85a3[::]1")]
    [InlineData("2001:db8:85a3[:]:1")]
    public void The_colons_of_an_address_are_disguised_too(string text) => Recognised.As(IndicatorType.IPv6, "2001:db8:85a3::1", text);

    [Theory]
    [InlineData("mywasiat[.]com", "mywasiat.com")]
    [InlineData("polka-dot-dress.com", "polka-dot-dress.com")]
    [InlineData("dot.com", "dot.com")]
    [InlineData("at-home.com", "at-home.com")]
    [InlineData("habitat[.]org", "habitat.org")]
    [InlineData("fooMATbar.com", "foomatbar.com")]
    [InlineData("EVILDOTNET.com", "evildotnet.com")]
    [InlineData("evil[-]site.com", "evil-site.com")]
    [InlineData("www[.]evil[-]site[.]com", "www.evil-site.com")]
    public void A_word_that_is_part_of_a_name_is_no_disguise(string text, string canonical) => Recognised.As(IndicatorType.Domain, canonical, text);

    [Theory]
    [InlineData("evildotcom")]
    [InlineData("hello,world")]
    [InlineData("bobatevil")]
    [InlineData("hello dot world or so")]
    public void A_word_without_a_disguise_makes_no_indicator(string text) =>
        Assert.False(IndicatorParser.TryParse(text, out Indicator? _));
}
