namespace IocEnrich.Model.Tests;

public class LookupScopeTests
{
    private static readonly LookupScope Scope = new(
        "VirusTotal", [.. Enum.GetValues<IndicatorType>().Except([IndicatorType.Unknown, IndicatorType.Cve, IndicatorType.Email])]);

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
        Assert.Equal(LookupEligibility.Eligible, Scope.Judge(Indicator.Parse(text), out string? reason));
        Assert.Null(reason);
    }

    [Theory]
    [InlineData("10.0.0.5", "Skipped 10.0.0.5: private address (10.0.0.0/8, RFC 1918).")]
    [InlineData("172.16.0.1", "Skipped 172.16.0.1: private address (172.16.0.0/12, RFC 1918).")]
    [InlineData("192.168.255.255", "Skipped 192.168.255.255: private address (192.168.0.0/16, RFC 1918).")]
    [InlineData("100.64.0.1", "Skipped 100.64.0.1: shared address of a carrier (100.64.0.0/10, RFC 6598).")]
    [InlineData("127.0.0.1", "Skipped 127.0.0.1: loopback address (127.0.0.0/8, RFC 1122).")]
    [InlineData("169.254.169.254", "Skipped 169.254.169.254: link-local address (169.254.0.0/16, RFC 3927).")]
    [InlineData("203.0.113.9", "Skipped 203.0.113.9: documentation address (203.0.113.0/24, RFC 5737).")]
    [InlineData("239.255.255.250", "Skipped 239.255.255.250: multicast address (224.0.0.0/4, RFC 5771).")]
    [InlineData("255.255.255.255", "Skipped 255.255.255.255: broadcast address (255.255.255.255/32, RFC 919).")]
    [InlineData("241.0.0.1", "Skipped 241.0.0.1: reserved address (240.0.0.0/4, RFC 1112).")]
    [InlineData("0.0.0.0", "Skipped 0.0.0.0: address of \"this network\" (0.0.0.0/8, RFC 791).")]
    [InlineData("::1", "Skipped ::1: loopback address (::1/128, RFC 4291).")]
    [InlineData("::", "Skipped ::: unspecified address (::/128, RFC 4291).")]
    [InlineData("fe80::1", "Skipped fe80::1: link-local address (fe80::/10, RFC 4291).")]
    [InlineData("fd00::1", "Skipped fd00::1: unique local address (fc00::/7, RFC 4193).")]
    [InlineData("ff02::1", "Skipped ff02::1: multicast address (ff00::/8, RFC 4291).")]
    [InlineData("2001:db8::1", "Skipped 2001:db8::1: documentation address (2001:db8::/32, RFC 3849).")]
    [InlineData("::ffff:10.0.0.1", "Skipped 10.0.0.1: private address (10.0.0.0/8, RFC 1918).")]
    [InlineData("4000::1", "Skipped 4000::1: reserved address (::/0, RFC 4291).")]
    public void An_address_that_is_not_public_is_not_asked_and_the_sentence_names_its_block(string text, string sentence) =>
        IsNotAsked(text, LookupEligibility.NotPublic, sentence);

    [Theory]
    [InlineData("localhost", "Skipped localhost: name of the machine itself (RFC 6761).")]
    [InlineData("dc01.corp.local", "Skipped dc01.corp.local: names under \"local\" exist only on one link (RFC 6762).")]
    [InlineData("db.internal", "Skipped db.internal: names under \"internal\" exist only in a private network (ICANN, 2024).")]
    [InlineData("www.test", "Skipped www.test: names under \"test\" are for tests (RFC 6761).")]
    [InlineData("www.example", "Skipped www.example: names under \"example\" are for documentation (RFC 6761).")]
    [InlineData("www.invalid", "Skipped www.invalid: names under \"invalid\" never exist (RFC 6761).")]
    [InlineData("1.0.0.10.in-addr.arpa", "Skipped 1.0.0.10.in-addr.arpa: names under \"arpa\" are infrastructure of the DNS (RFC 3172).")]
    [InlineData("http://10.0.0.5:8080/a", "Skipped http://10.0.0.5:8080/a: host 10.0.0.5 is a private address (10.0.0.0/8, RFC 1918).")]
    [InlineData("http://bob@[::1]/", "Skipped http://bob@[::1]/: host ::1 is the loopback address (::1/128, RFC 4291).")]
    [InlineData("http://intranet/a", "Skipped http://intranet/a: host intranet is a single label, which only a local network resolves.")]
    [InlineData("http://printer.local/", "Skipped http://printer.local/: names under \"local\" exist only on one link (RFC 6762).")]
    public void A_name_that_is_not_public_is_not_asked(string text, string sentence) => IsNotAsked(text, LookupEligibility.NotPublic, sentence);

    [Theory]
    [InlineData("CVE-2021-44228", "Skipped CVE-2021-44228: VirusTotal has no lookup for CVEs.")]
    [InlineData("bob@evil.com", "Skipped bob@evil.com: VirusTotal has no lookup for email addresses.")]
    public void What_VirusTotal_does_not_know_cannot_be_asked(string text, string sentence) =>
        IsNotAsked(text, LookupEligibility.Unsupported, sentence);

    [Theory]
    [InlineData("8.8.8.8", true, true)]
    [InlineData("10.0.0.5", false, true)]
    [InlineData("CVE-2021-44228", false, false)]
    public void What_is_not_public_is_asked_where_the_user_insists(string text, bool asked, bool askedAllTheSame)
    {
        Assert.Equal(asked, Scope.IsEligible(Indicator.Parse(text), includeNonPublic: false, out string? reason));
        Assert.Equal(asked, reason is null);
        Assert.Equal(askedAllTheSame, Scope.IsEligible(Indicator.Parse(text), includeNonPublic: true, out reason));
        Assert.Equal(askedAllTheSame, reason is null);
    }

    private static void IsNotAsked(string text, LookupEligibility eligibility, string sentence)
    {
        Assert.Equal(eligibility, Scope.Judge(Indicator.Parse(text), out string? reason));
        Assert.Equal(sentence, reason);
    }
}
