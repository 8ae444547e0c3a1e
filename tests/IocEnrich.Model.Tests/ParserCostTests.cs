namespace IocEnrich.Model.Tests;

/// <summary>What reading a token costs, counted in bytes: time depends on the machine, allocations do not.</summary>
public class ParserCostTests
{
    private const int Rounds = 200;

    [Theory]
    [InlineData("198.51.100.7")]
    [InlineData("www.evil.com")]
    [InlineData("http://www.evil.com/a/b.php?c=d")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("2001:db8::1")]
    [InlineData("CVE-2021-44228")]
    public void A_token_that_is_canonical_costs_the_indicator_alone(string token)
    {
        Assert.True(IndicatorParser.TryParse(token, out Indicator? indicator));
        Assert.Same(token, indicator.Value);
        Assert.InRange(BytesPerToken(token), 1, IndicatorBytes);
    }

    [Theory]
    [InlineData("WWW.EVIL.COM", 12)]
    [InlineData("http://www.evil.com:80/a", 21)]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", 64)]
    public void A_plain_token_costs_one_string_more(string token, int canonicalLength)
    {
        // A string: header, length, UTF-16 units, a terminator, rounded up to eight bytes.
        int stringBytes = (22 + (2 * canonicalLength) + 7) / 8 * 8;
        Assert.InRange(BytesPerToken(token), 1, IndicatorBytes + stringBytes);
    }

    [Theory]
    [InlineData("kernel32.dll")]
    [InlineData("300.300.300.300")]
    [InlineData("just some words of prose")]
    [InlineData("http://evil.pumpkin/a")]
    public void A_refusal_without_a_reason_costs_nothing(string token) => Assert.Equal(0, BytesPerToken(token));

    private static long IndicatorBytes => Environment.Is64BitProcess ? 32 : 24;

    private static long BytesPerToken(string token)
    {
        _ = IndicatorParser.TryParse(token, out Indicator? _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            _ = IndicatorParser.TryParse(token, out Indicator? _);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
