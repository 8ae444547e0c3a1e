namespace IocEnrich.Engine.Tests.Documents;

/// <summary>HTML is read as what a reader sees, and what it leads to.</summary>
public sealed class HtmlTests : IDisposable
{
    private const string Start = "Subject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n";

    private readonly DocumentFile _mail = new();

    public void Dispose() => _mail.Dispose();

    [Theory]
    [InlineData("<a href=\"https://evil.com/a?b=1&amp;c=2,3;d__\">x</a>", "https://evil.com/a?b=1&c=2,3;d__")]
    [InlineData("<a href='https://evil.com/a.'>x</a>", "https://evil.com/a.")]
    [InlineData("<a href=https://evil.com/a>x</a>", "https://evil.com/a")]
    [InlineData("<A HREF = \" \nhttps://ev\til.com/a b\">x</A>", "https://evil.com/a%20b")]
    [InlineData("<a href=\"HTTP:\\\\evil.com\\a\">x</a>", "http://evil.com/a")]
    [InlineData("<a href=\"http://3325256711/a\">x</a>", "http://198.51.100.7/a")]
    [InlineData("<a href=\"hxxp://evil[.]com/a\">x</a>", "http://evil.com/a")]
    [InlineData("<a href=\"&#104;ttps&colon;&sol;&sol;evil&period;com/&#x61\">x</a>", "https://evil.com/a")]
    [InlineData("<a href='https://evil.com/?a=1&copy=2&lt=3'>x</a>", "https://evil.com/?a=1&copy=2&lt=3")]
    [InlineData("<form action=https://evil.com/post><img src='https://evil.com/i.png'>", "https://evil.com/post", "https://evil.com/i.png")]
    [InlineData("<a href=https://good.org/?u=https://evil.com/a,b>x</a>", "https://evil.com/a,b", "https://good.org/?u=https://evil.com/a,b")]
    [InlineData("<meta http-equiv=refresh content='0; url=https://evil.com/a'>", "https://evil.com/a")]
    [InlineData("<td style=\"background:url('https://evil.com/i.png')\">", "https://evil.com/i.png")]
    [InlineData("<style>td.mobile { } @import \"https://evil.com/a.css\"; p { background: url(https://evil.com/b.png) }</style>", "https://evil.com/a.css", "https://evil.com/b.png")]
    [InlineData("<style>@import url(https://evil.com/css2?family=A:wght@400;700&b,c);</style>", "https://evil.com/css2?family=A:wght@400;700&b,c")]
    [InlineData("<script>location = 'https://evil.com/s'</script>", "https://evil.com/s")]
    [InlineData("<a href=mailto:bob@evil.com>x</a>", "bob@evil.com")]
    [InlineData("<img src=cid:image001.png@evil.com><a href='tel:1.2.3.4'><a href='data:text/html,evil.com'>")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\"><!DOCTYPE html PUBLIC \"http://www.w3.org/TR/html4/loose.dtd\">")]
    [InlineData("<!--[if mso]><v:roundrect href=\"https://evil.com/a?b&amp;c\"><![endif]-->", "https://evil.com/a?b&c")]
    [InlineData("<!-- <!-- https://evil.com/a --> https://evil.com/b", "https://evil.com/b", "https://evil.com/a")]
    [InlineData("<!-- https://evil.com/a", "https://evil.com/a")]
    [InlineData("ev<b>il</b>&shy;.<span>c</span>om", "evil.com")]
    [InlineData("pay\u200Bpal\u00ADx.c&zwnj;om", "paypalx.com")]
    [InlineData("<span>evil</spa>.com<wbr>/a<o:p>b</o:p>", "http://evil.com/ab")]
    [InlineData("<td>a.com</td><td>b.com</td><a>c.com</a><a>d.com</a><br>e.com", "a.com", "b.com", "c.com", "d.com", "e.com")]
    [InlineData("<p>https://evil.com/a?b&amp;c=1</p>", "https://evil.com/a?b&c=1")]
    [InlineData("1 < 2 evil.com > 3 & 4", "evil.com")]
    [InlineData("<a href=\"https://evil.com/unclosed", "https://evil.com/unclosed")]
    public void Addresses_and_visible_text_are_found_as_they_are_meant(string html, params string[] values) =>
        Assert.Equal(values.Order(StringComparer.Ordinal), _mail.Find(Start + html + "\n").Where(static found => found.Part != "header Subject").Select(static found => found.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_found_stands_where_the_HTML_has_it_in_its_order()
    {
        string[] places = [.. _mail.Find(Start + "<p>\n  <a href=\"https://evil.com/a&amp;b\">go&nbsp;to b.com</a>\n  c&#46;com</p>\n").Select(static found => $"{found.Value} {found.Line}:{found.Column}")];

        Assert.Equal(["https://evil.com/a&b 6:12", "b.com 6:49", "c.com 7:3"], places);
    }

    [Fact]
    public void The_host_of_an_address_comes_behind_it_where_it_is_wanted()
    {
        IReadOnlyList<IndicatorOccurrence> found = _mail.Find(
            Start + "<a href=\"https://evil.com/a,b\">x</a><a href='http://[2001:db8::1]/,x'>\n", new IndicatorExtractorOptions { IncludeUrlHosts = true });

        Assert.Equal(["https://evil.com/a,b", "evil.com", "http://[2001:db8::1]/,x", "2001:db8::1"], found.Select(static each => each.Value));
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<a href=\"")]
    [InlineData("<a b='c' ")]
    [InlineData("&am&amp")]
    [InlineData("<style>url(")]
    [InlineData("<!")]
    public void Hostile_HTML_takes_time_in_proportion_to_its_length(string piece)
    {
        string html = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();

        _mail.Find(Start + html + " evil.com\n");

        // Less than a second on any machine; hours where it is quadratic.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    [Fact]
    public void A_page_that_is_too_long_for_memory_is_searched_as_text_and_noted()
    {
        string html = string.Concat(Enumerable.Repeat("<p>nothing to see</p>\n", 900_000));

        Assert.Equal("https://evil.com/a | 1 text/html | 900005", _mail.Lines(Start + html + "<a href='https://evil.com/a'>\n")[^1]);
        Assert.Contains("million characters", Assert.Single(_mail.Notes).Detail, StringComparison.Ordinal);
    }
}
