namespace IocEnrich.Model.Tests;

public class DefangedTests
{
    [Theory]
    [InlineData("198.51.100.7", "198[.]51[.]100[.]7")]
    [InlineData("www.evil.com", "www[.]evil[.]com")]
    [InlineData("https://www.evil.com/a.php?b=c.d", "hxxps://www[.]evil[.]com/a.php?b=c.d")]
    [InlineData("http://bob:pw@evil.com:8080/a", "hxxp://bob:pw@evil[.]com:8080/a")]
    [InlineData("ftp://evil.com/a", "fxp://evil[.]com/a")]
    [InlineData("sftp://evil.com/a", "sfxp://evil[.]com/a")]
    [InlineData("http://[2001:db8::1]:8080/a", "hxxp://[2001:db8::1]:8080/a")]
    [InlineData("bob.smith@evil.com", "bob.smith[@]evil[.]com")]
    [InlineData("2001:db8::1", "2001[:]db8[::]1")]
    [InlineData("::", "[::]")]
    [InlineData("::1", "[::]1")]
    [InlineData("fe80::", "fe80[::]")]
    [InlineData("CVE-2021-44228", "CVE-2021-44228")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e")]
    public void An_indicator_is_defanged_the_way_reports_do_and_reads_back(string value, string defanged)
    {
        Indicator indicator = Indicator.Parse(value);
        Assert.Equal(defanged, indicator.Defanged);
        Assert.Equal(indicator, Indicator.Parse(defanged));
    }
}
