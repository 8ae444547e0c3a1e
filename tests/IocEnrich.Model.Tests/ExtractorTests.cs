namespace IocEnrich.Model.Tests;

public class ExtractorTests
{
    [Fact]
    public void An_occurrence_says_what_stands_where_and_how_it_was_written()
    {
        const string Text = "first line\r\nThe actor used hxxps://evil[.]example[.]com/a,\n  then 198.51.100[.]7.";
        IReadOnlyList<IndicatorOccurrence> found = IndicatorExtractor.Extract(Text, new IndicatorExtractorOptions { Path = "a.txt" });
        Assert.Collection(
            found,
            url =>
            {
                Assert.Equal(("https://evil.example.com/a", IndicatorType.Url), (url.Value, url.Type));
                Assert.Equal(("hxxps://evil[.]example[.]com/a", 2L, 16L), (url.Text, url.Line, url.Column));
                Assert.Equal(("hxxps://evil[.]example[.]com/a", "a.txt"), (url.Defanged, url.Path));
            },
            address => Assert.Equal(("198.51.100.7", "198.51.100[.]7", 3L, 8L), (address.Value, address.Text, address.Line, address.Column)));
    }

    [Fact]
    public void The_lines_of_a_part_of_a_text_go_on_counting()
    {
        IndicatorOccurrence found = Assert.Single(IndicatorExtractor.Extract("so\nevil.com", new IndicatorExtractorOptions { FirstLine = 7 }));
        Assert.Equal((8L, 1L), (found.Line, found.Column));
    }

    [Theory]
    [InlineData("see evil[.]com and hxxp://evil2[.]com/a?b=1.", "evil.com", "http://evil2.com/a?b=1")]
    [InlineData("(http://evil.com/a), [http://evil.com/b]; <http://evil.com/c>", "http://evil.com/a", "http://evil.com/b", "http://evil.com/c")]
    [InlineData("[evil.com](https://evil.net/x)", "evil.com", "https://evil.net/x")]
    [InlineData("<a href=\"http://evil.com/a\">evil.net</a>", "http://evil.com/a", "evil.net")]
    [InlineData("{\"url\":\"http:\\/\\/evil.com\\/a\",\"ip\":\"198.51.100.7\"}", "http://evil.com/a", "198.51.100.7")]
    [InlineData("{\"m\":\"http://evil.com/a\\nnext\"}", "http://evil.com/a")]
    [InlineData("http://evil.com/a,2024-01-01,evil.net,198.51.100.7", "http://evil.com/a", "evil.net", "198.51.100.7")]
    [InlineData("to http://evil.com/a,b;c today", "http://evil.com/a,b;c")]
    [InlineData("| evil.com | `evil.net` | **evil.org** |", "evil.com", "evil.net", "evil.org")]
    [InlineData("&lt;http://evil.com/a&gt; &quot;http://evil.com/b&quot;", "http://evil.com/a", "http://evil.com/b")]
    [InlineData("src=198.51.100.7:443;dst=203.0.113.9", "198.51.100.7", "203.0.113.9")]
    [InlineData("198.51.100.1-198.51.100.9", "198.51.100.1", "198.51.100.9")]
    [InlineData("[2001:db8::1]:443 and fe80::2%eth0", "2001:db8::1", "fe80::2")]
    [InlineData("mail bob@evil.com, o'brien+x@evil.com; jürgen[at]evil[.]com", "bob@evil.com", "o'brien+x@evil.com", "jürgen@evil.com")]
    [InlineData("bob at evil dot com, www dot evil dot com, evil DOT com", "bob@evil.com", "www.evil.com", "evil.com")]
    [InlineData("hosted at evil[.]com", "evil.com")]
    [InlineData("file download: evil.com, file evil.net, site allegro.pl", "evil.com", "evil.net", "allegro.pl")]
    [InlineData("root@198.51.100.7's password", "198.51.100.7")]
    [InlineData("访问evil.com下载", "evil.com")]
    [InlineData("bücher.de и пример.рф", "xn--bcher-kva.de", "xn--e1afmkfd.xn--p1ai")]
    [InlineData("CVE-2021-44228/cve-2014-0160_poc", "CVE-2021-44228", "CVE-2014-0160")]
    [InlineData("md5_d41d8cd98f00b204e9800998ecf8427e.bin", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("http[:]//evil[.]com[:]8080[/]a tcp://evil.net:4444", "http://evil.com:8080/a", "evil.net")]
    [InlineData("evil.com/a evil.com:8080/b evil.com:8080", "http://evil.com/a", "http://evil.com:8080/b", "evil.com")]
    [InlineData("It was evil.com.The next", "evil.com")]
    [InlineData("an evil.com-hosted page", "evil.com")]
    [InlineData("open http://intranet/a", "http://intranet/a")]
    public void Indicators_are_found_in_text(string text, params string[] values) =>
        Assert.Equal(values, IndicatorExtractor.Extract(text).Select(static found => found.Value));

    [Theory]
    [InlineData("It drops report.pdf and kernel32.dll, then run.sh and invoice.zip, says README.md.")]
    [InlineData("/usr/lib/evil.com/x C:\\Users\\bob\\evil.com \\\\server\\evil.com ./a.net")]
    [InlineData("executes script.pl and opens setup.exe")]
    [InlineData("Chrome/120.0.0.0 version 1.2.3.4 v1.2.3.4 1.2.3.4.5 Version: \"10.0.0.1\" 1.3.6.1.4.1.311")]
    [InlineData("198.51.100.0/24")]
    [InlineData("System.Net this.id $x.io foo.name() app.name=x module.exports self.test e.g. i.e. Mr.Smith")]
    [InlineData("12:34:56 2024-01-01T10:00:00Z aa:bb:cc:dd:ee:ff std::vector a::b :: ")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85512 d41d8cd98f00b204e9800998ecf8427ex")]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("the dot com bubble, meet me at noon (at home), and/or")]
    [InlineData("http:// and https:// are schemes; http://evil.pumpkin/a")]
    [InlineData("the end.It was over")]
    public void What_only_looks_like_an_indicator_is_not_found(string text) => Assert.Empty(IndicatorExtractor.Extract(text));

    [Fact]
    public void A_defanged_name_is_meant_as_one_whatever_its_ending()
    {
        Assert.Equal("invoice.zip", Assert.Single(IndicatorExtractor.Extract("at invoice[.]zip now")).Value);
        Assert.Equal("http://invoice.zip/a", Assert.Single(IndicatorExtractor.Extract("at http://invoice.zip/a now")).Value);
    }

    [Fact]
    public void The_host_of_a_URL_is_reported_when_asked_for()
    {
        const string Text = "get hxxp://bob@evil[.]com:8080/a";
        Assert.Single(IndicatorExtractor.Extract(Text));
        IReadOnlyList<IndicatorOccurrence> found = IndicatorExtractor.Extract(Text, new IndicatorExtractorOptions { IncludeUrlHosts = true });
        Assert.Equal(["http://bob@evil.com:8080/a", "evil.com"], found.Select(static occurrence => occurrence.Value));
        Assert.Equal(16, found[1].Column);
    }

    [Fact]
    public void Only_the_kinds_that_were_asked_for_are_reported()
    {
        IndicatorExtractorOptions options = new() { Types = new HashSet<IndicatorType> { IndicatorType.IPv4 } };
        Assert.Equal("198.51.100.7", Assert.Single(IndicatorExtractor.Extract("evil.com 198.51.100.7", options)).Value);
    }
}
