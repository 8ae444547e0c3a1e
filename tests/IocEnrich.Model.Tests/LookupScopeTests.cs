namespace IocEnrich.Model.Tests;

public class LookupScopeTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.0.9")]
    [InlineData("192.0.1.1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2001:0:53aa:64c::1")]
    [InlineData("2002:808:808::1")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("evil.com")]
    [InlineData("example.com")]
    [InlineData("www.example.org")]
    [InlineData("expyuzz4wqqyqhjn.onion")]
    [InlineData("localhost.com")]
    [InlineData("http://evil.com/a")]
    [InlineData("http://user:10.0.0.1@evil.com/a")]
    [InlineData("http://evil.com/?u=http://10.0.0.1/")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    public void What_is_public_is_asked(string text)
    {
        Assert.Equal(LookupEligibility.Askable, LookupScope.Judge(Indicator.Parse(text), out string? reason));
        Assert.Null(reason);
    }

    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5 is not asked: it is a private address (10.0.0.0/8, RFC 1918).")]
    [InlineData("172.16.0.1", "172.16.0.1 is not asked: it is a private address (172.16.0.0/12, RFC 1918).")]
    [InlineData("192.168.255.255", "192.168.255.255 is not asked: it is a private address (192.168.0.0/16, RFC 1918).")]
    [InlineData("100.64.0.1", "100.64.0.1 is not asked: it is a shared address of a carrier (100.64.0.0/10, RFC 6598).")]
    [InlineData("127.0.0.1", "127.0.0.1 is not asked: it is a loopback address (127.0.0.0/8, RFC 1122).")]
    [InlineData("169.254.169.254", "169.254.169.254 is not asked: it is a link-local address (169.254.0.0/16, RFC 3927).")]
    [InlineData("203.0.113.9", "203.0.113.9 is not asked: it is a documentation address (203.0.113.0/24, RFC 5737).")]
    [InlineData("239.255.255.250", "239.255.255.250 is not asked: it is a multicast address (224.0.0.0/4, RFC 5771).")]
    [InlineData("255.255.255.255", "255.255.255.255 is not asked: it is the broadcast address (255.255.255.255/32, RFC 919).")]
    [InlineData("241.0.0.1", "241.0.0.1 is not asked: it is a reserved address (240.0.0.0/4, RFC 1112).")]
    [InlineData("0.0.0.0", "0.0.0.0 is not asked: it is an address of \"this network\" (0.0.0.0/8, RFC 791).")]
    [InlineData("::1", "::1 is not asked: it is the loopback address (::1/128, RFC 4291).")]
    [InlineData("::", ":: is not asked: it is the unspecified address (::/128, RFC 4291).")]
    [InlineData("fe80::1", "fe80::1 is not asked: it is a link-local address (fe80::/10, RFC 4291).")]
    [InlineData("fd00::1", "fd00::1 is not asked: it is a unique local address (fc00::/7, RFC 4193).")]
    [InlineData("ff02::1", "ff02::1 is not asked: it is a multicast address (ff00::/8, RFC 4291).")]
    [InlineData("2001:db8::1", "2001:db8::1 is not asked: it is a documentation address (2001:db8::/32, RFC 3849).")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1 is not asked: it is a private address (10.0.0.0/8, RFC 1918).")]
    [InlineData("4000::1", "4000::1 is not asked: it is a reserved address (::/0, RFC 4291).")]
    public void An_address_that_is_not_public_is_not_asked_and_the_sentence_names_its_block(string text, string sentence) =>
        IsNotAsked(text, LookupEligibility.NotPublic, sentence);

    [Theory]
    [InlineData("localhost", "localhost is not asked: it names the machine itself (RFC 6761).")]
    [InlineData("dc01.corp.local", "dc01.corp.local is not asked: names under \"local\" exist only on one link (RFC 6762).")]
    [InlineData("db.internal", "db.internal is not asked: names under \"internal\" exist only in a private network (ICANN, 2024).")]
    [InlineData("www.test", "www.test is not asked: names under \"test\" are for tests (RFC 6761).")]
    [InlineData("www.example", "www.example is not asked: names under \"example\" are for documentation (RFC 6761).")]
    [InlineData("www.invalid", "www.invalid is not asked: names under \"invalid\" never exist (RFC 6761).")]
    [InlineData("1.0.0.10.in-addr.arpa", "1.0.0.10.in-addr.arpa is not asked: names under \"arpa\" are infrastructure of the DNS (RFC 3172).")]
    [InlineData("http://10.0.0.5:8080/a", "http://10.0.0.5:8080/a is not asked: its host 10.0.0.5 is a private address (10.0.0.0/8, RFC 1918).")]
    [InlineData("http://bob@[::1]/", "http://bob@[::1]/ is not asked: its host ::1 is the loopback address (::1/128, RFC 4291).")]
    [InlineData("http://intranet/a", "http://intranet/a is not asked: its host intranet is a single label, which only a local network resolves.")]
    [InlineData("http://printer.local/", "http://printer.local/ is not asked: names under \"local\" exist only on one link (RFC 6762).")]
    public void A_name_that_is_not_public_is_not_asked(string text, string sentence) => IsNotAsked(text, LookupEligibility.NotPublic, sentence);

    [Theory]
    [InlineData("CVE-2021-44228", "CVE-2021-44228 is not asked: VirusTotal has no lookup for a CVE.")]
    [InlineData("bob@evil.com", "bob@evil.com is not asked: VirusTotal has no lookup for an e-mail address.")]
    public void What_VirusTotal_does_not_know_cannot_be_asked(string text, string sentence) =>
        IsNotAsked(text, LookupEligibility.Unsupported, sentence);

    [Theory]
    [InlineData("8.8.8.8", true, true)]
    [InlineData("10.0.0.5", false, true)]
    [InlineData("CVE-2021-44228", false, false)]
    public void What_is_not_public_is_asked_where_the_user_insists(string text, bool asked, bool askedAllTheSame)
    {
        Assert.Equal(asked, LookupScope.IsAsked(Indicator.Parse(text), includeNonPublic: false, out string? reason));
        Assert.Equal(asked, reason is null);
        Assert.Equal(askedAllTheSame, LookupScope.IsAsked(Indicator.Parse(text), includeNonPublic: true, out reason));
        Assert.Equal(askedAllTheSame, reason is null);
    }

    private static void IsNotAsked(string text, LookupEligibility eligibility, string sentence)
    {
        Assert.Equal(eligibility, LookupScope.Judge(Indicator.Parse(text), out string? reason));
        Assert.Equal(sentence, reason);
    }
}
