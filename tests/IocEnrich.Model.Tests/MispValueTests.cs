namespace IocEnrich.Model.Tests;

public class MispValueTests
{
    private const string Md5 = "44d88612fea8a8f36de82e1278abb02f";
    private const string Sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";

    [Theory]
    [InlineData("filename|sha256", "invoice.zip|" + Sha256, Sha256)]
    [InlineData("malware-sample", "invoice.zip|" + Md5, Md5)]
    [InlineData("ip-dst|port", "198.51.100.7|443", "198.51.100.7")]
    [InlineData("domain|ip", "evil.com|198.51.100.7", "evil.com", "198.51.100.7")]
    [InlineData("filename", "invoice.zip")]
    [InlineData("ja3s-fingerprint-md5", Md5)]
    [InlineData("vhash", Md5)]
    [InlineData("sha3-256", Sha256)]
    [InlineData("filename|authentihash", "a.exe|" + Sha256)]
    [InlineData("link", "https://blog.example.com/report")]
    public void A_MISP_value_is_read_by_its_type(string type, string value, params string[] indicators)
    {
        Assert.True(MispValue.TryRead(type, value, out IReadOnlyList<string> read));
        Assert.Equal(indicators, read);
    }

    [Theory]
    [InlineData("domain", "evil.com")]
    [InlineData("A", "198.51.100.7")]
    [InlineData("ip-dst|port", "198.51.100.7")]
    public void A_type_that_says_nothing_special_leaves_the_value_as_it_is(string type, string value) =>
        Assert.False(MispValue.TryRead(type, value, out _));
}
