namespace IocEnrich.Model.Tests;

public class StixPatternTests
{
    private const string Md5 = "44d88612fea8a8f36de82e1278abb02f";
    private const string Sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";

    [Theory]
    [InlineData("[ipv4-addr:value = '198.51.100.7']", "198.51.100.7")]
    [InlineData("[ipv6-addr:value='2001:db8::1' OR domain-name:value = 'evil.com']", "2001:db8::1", "evil.com")]
    [InlineData("[url:value = 'http://evil.com/it\\'s?a=\\\\b']", "http://evil.com/it's?a=\\b")]
    [InlineData("[email-addr:value = 'bob@evil.com']", "bob@evil.com")]
    [InlineData("[domain-name:value IN ('a.com', 'b.com')] FOLLOWEDBY [url:value = 'http://c.com/'] WITHIN 300 SECONDS", "a.com", "b.com", "http://c.com/")]
    [InlineData("[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '198.51.100.7']", "198.51.100.7")]
    [InlineData("[file:extensions.'archive-ext'.contains_refs[*].hashes.MD5 = '" + Md5 + "']", Md5)]
    public void The_values_that_a_pattern_compares_with_are_read(string pattern, params string[] values) =>
        Assert.Equal(values, StixPattern.Values(pattern));

    [Theory]
    [InlineData("[file:hashes.'SHA-256' = '" + Sha256 + "']", Sha256)]
    [InlineData("[file:hashes.MD5 = '" + Md5 + "' AND file:hashes.'SHA-256' = '" + Sha256 + "' AND file:name = 'a.zip']", Sha256)]
    [InlineData("[file:hashes.MD5 = '" + Md5 + "' OR file:hashes.'SHA-256' = '" + Sha256 + "']", Md5, Sha256)]
    [InlineData("[file:hashes.MD5 = '" + Md5 + "' AND file:hashes.'SHA-512' = '" + Sha256 + Sha256 + "']", Md5)]
    public void Hashes_that_are_joined_are_of_one_file_and_the_strongest_stands_for_it(string pattern, params string[] values) =>
        Assert.Equal(values, StixPattern.Values(pattern));

    [Theory]
    [InlineData("[file:name = 'invoice.zip']")]
    [InlineData("[file:hashes.IMPHASH = '" + Md5 + "']")]
    [InlineData("[file:hashes.'authentihash' = '" + Sha256 + "' OR file:hashes.TLSH = '" + Sha256 + "']")]
    [InlineData("[file:hashes.'SHA3-256' = '" + Sha256 + "' OR file:hashes.SSDEEP = '3:abc:def']")]
    [InlineData("[x509-certificate:hashes.'SHA-1' = '" + Md5 + "']")]
    [InlineData("[domain-name:value != 'evil.com']")]
    [InlineData("[domain-name:value NOT = 'evil.com']")]
    [InlineData("[domain-name:value NOT IN ('evil.com')]")]
    [InlineData("[domain-name:value LIKE '%.evil.com']")]
    [InlineData("[url:value MATCHES '^http://evil']")]
    [InlineData("rule evil { strings: $a = 'evil.com' condition: $a }")]
    [InlineData("evil[.]com")]
    [InlineData("[domain-name:value = '")]
    [InlineData("[a:b[1")]
    [InlineData("")]
    public void What_is_no_equality_with_an_indicator_is_not_taken(string pattern) => Assert.All(StixPattern.Values(pattern), Assert.Empty);
}
