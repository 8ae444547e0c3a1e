using CsCheck;

namespace IocEnrich.Model.Tests;

/// <summary>A URL inside a URL: both are indicators, and each comes once.</summary>
public class WrappedLinkTests
{
    private static readonly Gen<string> Url = Gen.Select(
            Gen.OneOf("http://", "https://"),
            Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"].Array[3, 12],
            Gen.OneOf("com", "net", "co.uk"),
            Gen.OneOf("/", "/a.php", "/a/b.html?c=d", "/?a=1&b=2", "/a-b_c/d"))
        .Select(static (scheme, label, top, path) => $"{scheme}{new string(label)}.{top}{path}");

    [Theory]
    [InlineData("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.com%2Fa%3Fb%3D1&data=05%7C01&reserved=0", "https://evil.com/a?b=1")]
    [InlineData("https://www.google.com/url?q=http://evil.com/a&sa=D", "http://evil.com/a")]
    [InlineData("https://a1b2.r.us-east-1.awstrack.me/L0/https:%2F%2Fevil.com%2Fa/1/0100018c", "https://evil.com/a")]
    [InlineData("https://urldefense.proofpoint.com/v2/url?u=http-3A__evil.com_a-2Db_-3Fc-3Dd&d=DwMFaQ&c=x", "http://evil.com/a-b/?c=d")]
    [InlineData("https://urldefense.com/v3/__https://evil.com/a*b__;Kw!!Abc$", "https://evil.com/a+b")]
    [InlineData("https://web.archive.org/web/2020/http://evil.com/a", "http://evil.com/a")]
    [InlineData("go.example.net/r?u=http%253A%252F%252Fevil.com%252Fa", "http://evil.com/a")]
    [InlineData("https://a.example.net/?u=https%3A%2F%2Fb.example.net%2F%3Fu%3Dhttp%253A%252F%252Fevil.com%252Fa", "https://b.example.net/?u=http%3A%2F%2Fevil.com%2Fa", "http://evil.com/a")]
    public void A_wrapped_link_gives_itself_and_what_it_wraps(string link, params string[] wrapped)
    {
        string outer = link.StartsWith("http", StringComparison.Ordinal) ? link : $"http://{link}";
        Assert.Equal([outer, .. wrapped], IndicatorExtractor.Extract($"see {link} now").Select(static found => found.Value));
    }

    [Theory]
    [InlineData("GET /r?u=https%3A%2F%2Fevil.com%2Fa%3Fb%3D1&x=2 HTTP/1.1", "https://evil.com/a?b=1")]
    [InlineData("a=http%3A//evil.com/a&b=bob%40evil.net&c=198.51.100.7%3A80&d=evil.org", "http://evil.com/a", "bob@evil.net", "198.51.100.7", "evil.org")]
    [InlineData("<a href=\"/r?u=http%3A%2F%2Fevil.com%2Fa%26b&amp;x=1\">", "http://evil.com/a&b")]
    public void A_value_of_a_form_ends_before_the_next_one(string text, params string[] values) =>
        Assert.Equal(values, IndicatorExtractor.Extract(text).Select(static found => found.Value));

    [Theory]
    [InlineData("https://evil.com/a%20b?c=bob%40evil.net")]
    [InlineData("https://evil.com/http/a?scheme=https&x=:%2F")]
    [InlineData("https://evil.com/a?u=evil.net/x")]
    public void Nothing_but_a_whole_URL_is_looked_for_in_a_URL(string url) =>
        Assert.Equal([url], IndicatorExtractor.Extract($"see {url} now").Select(static found => found.Value));

    [Fact]
    public void Any_URL_in_a_parameter_comes_out_whole() =>
        Gen.Select(Url, Url, Gen.OneOf("", "&x=1", "#top")).Sample(static (outer, inner, rest) =>
        {
            string link = $"{outer}{(outer.Contains('?', StringComparison.Ordinal) ? '&' : '?')}u={Uri.EscapeDataString(inner)}";
            IEnumerable<string> found = IndicatorExtractor.Extract($"<a href=\"{link}{rest}\">x</a>").Select(static occurrence => occurrence.Value);
            return found.SequenceEqual([link + (rest == "#top" ? "" : rest), inner]);
        });
}
