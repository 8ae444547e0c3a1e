namespace IocEnrich.Model.Tests;

public class UrlTests
{
    [Theory]
    [InlineData("HTTP://Evil.COM/Path/File.PHP?Q=A", "http://evil.com/Path/File.PHP?Q=A")]
    [InlineData("http://evil.com", "http://evil.com/")]
    [InlineData("http://evil.com?x=1", "http://evil.com/?x=1")]
    [InlineData("http://evil.com:80/", "http://evil.com/")]
    [InlineData("https://evil.com:443/", "https://evil.com/")]
    [InlineData("ftp://evil.com:21/a", "ftp://evil.com/a")]
    [InlineData("sftp://evil.com/a", "sftp://evil.com/a")]
    [InlineData("http://evil.com:/a", "http://evil.com/a")]
    [InlineData("http://evil.com:08080/a", "http://evil.com:8080/a")]
    [InlineData("https://evil.com:80/", "https://evil.com:80/")]
    [InlineData("http://Bob:Secret@Evil.com/", "http://Bob:Secret@evil.com/")]
    [InlineData("http://evil.com./a", "http://evil.com/a")]
    [InlineData("http://evil.com/a#part", "http://evil.com/a")]
    [InlineData("http://bücher.de/ä", "http://xn--bcher-kva.de/%C3%A4")]
    [InlineData("http://intranet/login", "http://intranet/login")]
    [InlineData("http://evil.com/a[0]?b[]=c", "http://evil.com/a[0]?b[]=c")]
    [InlineData("http://evil.com/a\\b", "http://evil.com/a/b")]
    [InlineData("http%3A%2F%2fevil%2Ecom%2Fpath", "http://evil.com/path")]
    public void A_URL_is_written_in_one_form(string text, string canonical) => Recognised.As(IndicatorType.Url, canonical, text);

    [Theory]
    [InlineData("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a")]
    [InlineData("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a")]
    [InlineData("http://[fe80::1%25eth0]/", "http://[fe80::1]/")]
    [InlineData("http://[::ffff:198.51.100.7]/", "http://198.51.100.7/")]
    [InlineData("http://198.51.100.7:8080/a", "http://198.51.100.7:8080/a")]
    [InlineData("http://3325256711/", "http://198.51.100.7/")]
    [InlineData("http://0xC6336407/", "http://198.51.100.7/")]
    [InlineData("http://0306.063.0144.07/", "http://198.51.100.7/")]
    [InlineData("http://198.51.25607/", "http://198.51.100.7/")]
    public void A_host_that_browsers_take_for_an_address_is_one(string text, string canonical) => Recognised.As(IndicatorType.Url, canonical, text);

    [Theory]
    [InlineData("evil.com/", "http://evil.com/")]
    [InlineData("evil.com/a", "http://evil.com/a")]
    [InlineData("www.evil.com/a?b#c", "http://www.evil.com/a?b")]
    [InlineData("evil.com:8080/a", "http://evil.com:8080/a")]
    [InlineData("198.51.100.7/gate.php", "http://198.51.100.7/gate.php")]
    [InlineData("//evil.com/a", "http://evil.com/a")]
    [InlineData("bob:secret@evil.com/a", "http://bob:secret@evil.com/a")]
    public void A_host_with_a_path_is_a_URL_without_its_scheme(string text, string canonical) => Recognised.As(IndicatorType.Url, canonical, text);

    [Theory]
    [InlineData("http://", "has no host")]
    [InlineData("http://evil.pumpkin/", "\"pumpkin\" is not a top-level domain")]
    [InlineData("http://evil.com:99999/", "is not a port number")]
    [InlineData("http://evil.com:web/", "is not a port number")]
    [InlineData("file:///etc/passwd", "\"file\" is not the scheme")]
    [InlineData("http://evil.com/a b", "more than one word")]
    [InlineData("/etc/passwd", "is a path")]
    public void What_is_no_URL_is_refused_with_the_reason(string text, string reason) => Recognised.AsNothing(text, reason);

    [Fact]
    public void A_URL_of_8_kilobytes_is_read_and_a_longer_one_is_refused()
    {
        string longest = $"http://evil.com/{new string('a', IndicatorParser.MaxLength - 16)}";
        Assert.Equal(IndicatorParser.MaxLength, longest.Length);
        Recognised.As(IndicatorType.Url, longest, longest);
        Recognised.AsNothing($"{longest}a", "longer than 8192 characters");
    }
}
