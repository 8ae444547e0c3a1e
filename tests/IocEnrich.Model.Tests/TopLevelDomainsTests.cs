namespace IocEnrich.Model.Tests;

public class TopLevelDomainsTests
{
    [Theory]
    [InlineData("com")]
    [InlineData("COM")]
    [InlineData("museum")]
    [InlineData("xn--p1ai")]
    [InlineData("zw")]
    [InlineData("onion")]
    public void A_delegated_or_special_domain_is_known_in_any_case(string label) => Assert.True(TopLevelDomains.Contains(label));

    [Theory]
    [InlineData("")]
    [InlineData("c")]
    [InlineData("comm")]
    [InlineData("pumpkin")]
    [InlineData("exe")]
    [InlineData("#")]
    public void Any_other_label_is_not(string label) => Assert.False(TopLevelDomains.Contains(label));

    [Fact]
    public void Every_line_of_the_list_is_found_and_the_list_is_whole()
    {
        string[] names = [.. EmbeddedLines.Read("top-level-domains.txt")];
        Assert.InRange(names.Length, 1400, 2000);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(names, static name => Assert.True(TopLevelDomains.Contains(name)));
    }
}
