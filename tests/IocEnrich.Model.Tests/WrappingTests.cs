namespace IocEnrich.Model.Tests;

/// <summary>What a report, a chat or a cell puts round an indicator.</summary>
public class WrappingTests
{
    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("'{0}'")]
    [InlineData("`{0}`")]
    [InlineData("“{0}”")]
    [InlineData("«{0}»")]
    [InlineData("({0})")]
    [InlineData("[{0}]")]
    [InlineData("<{0}>")]
    [InlineData("{{{0}}}")]
    [InlineData("({0}).")]
    [InlineData("**{0}**")]
    [InlineData("_{0}_")]
    [InlineData("~~{0}~~")]
    [InlineData("| {0} |")]
    [InlineData("- {0}")]
    [InlineData("* {0}")]
    [InlineData("• {0}")]
    [InlineData("> {0}")]
    [InlineData("{0},")]
    [InlineData("{0};")]
    [InlineData("{0}.")]
    [InlineData("{0}!")]
    [InlineData("{0}…")]
    [InlineData("  {0}\t\r\n")]
    [InlineData("\"{0}\",")]
    [InlineData("\uFEFF{0}")]
    [InlineData("\u200B{0}\u200B")]
    [InlineData("{0}[3]")]
    [InlineData("[{0}](https://www.virustotal.com/)")]
    [InlineData("[report]({0})")]
    public void What_stands_round_an_indicator_falls_away(string wrapping)
    {
        string Wrap(string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, wrapping, text);

        Recognised.As(IndicatorType.Domain, "evil.com", Wrap("evil.com"));
        Recognised.As(IndicatorType.Domain, "evil.com", Wrap("evil[.]com"));
        Recognised.As(IndicatorType.IPv4, "198.51.100.7", Wrap("198.51.100[.]7"));
        Recognised.As(IndicatorType.Url, "http://evil.com/a", Wrap("hxxp://evil[.]com/a"));
        Recognised.As(IndicatorType.Email, "bob@evil.com", Wrap("bob[@]evil.com"));
    }

    [Theory]
    [InlineData("ip=198.51.100.7", "198.51.100.7")]
    [InlineData("IP Address: 198.51.100.7", "198.51.100.7")]
    [InlineData("domain:evil.com", "evil.com")]
    [InlineData("Host: evil.com", "evil.com")]
    [InlineData("URL: hxxp://evil.com/a", "http://evil.com/a")]
    [InlineData("url=http://evil.com/a", "http://evil.com/a")]
    [InlineData("C2: evil.com", "evil.com")]
    public void A_label_that_says_what_follows_falls_away(string text, string value) => Assert.Equal(value, Indicator.Parse(text).Value);

    [Theory]
    [InlineData("http://en.wikipedia.org/wiki/Worm_(virus)", "http://en.wikipedia.org/wiki/Worm_(virus)")]
    [InlineData("(http://en.wikipedia.org/wiki/Worm_(virus))", "http://en.wikipedia.org/wiki/Worm_(virus)")]
    [InlineData("http://evil.com/a)", "http://evil.com/a")]
    [InlineData("www.evil.com/)", "http://www.evil.com/")]
    [InlineData("http://evil.com/\"/>", "http://evil.com/")]
    [InlineData("http://evil.com/a\">here</a>", "http://evil.com/a")]
    [InlineData("http://evil.com/a?b=c==", "http://evil.com/a?b=c==")]
    public void A_bracket_that_a_URL_opens_stays_and_one_that_it_only_closes_goes(string text, string value) =>
        Assert.Equal(value, Indicator.Parse(text).Value);

    [Theory]
    [InlineData("e\u200Bvil.com", "evil.com")]
    [InlineData("ev\u00ADil\u2060.com", "evil.com")]
    [InlineData("198.51\uFEFF.100.7", "198.51.100.7")]
    public void Characters_that_nobody_sees_are_dropped_wherever_they_stand(string text, string value) =>
        Assert.Equal(value, Indicator.Parse(text).Value);

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("   ", "it is empty")]
    [InlineData("...", "it is empty")]
    [InlineData("evil.com is bad", "more than one word")]
    [InlineData("Hello. World", "more than one word")]
    public void What_is_no_single_token_is_refused_with_the_reason(string text, string reason) => Recognised.AsNothing(text, reason);
}
