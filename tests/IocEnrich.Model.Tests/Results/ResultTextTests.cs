namespace IocEnrich.Model.Tests.Results;

public sealed class ResultTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);

    private static readonly EnrichmentResult Found = new()
    {
        Indicator = "evil.example.com",
        Type = IndicatorType.Domain,
        Status = EnrichmentStatus.Found,
        Verdict = Verdict.Malicious,
        Requests = 1,
        RetrievedAt = Now,
    };

    [Theory]
    [InlineData("evil[.]example[.]com", "evil.example.com", "evil[.]example[.]com")]
    [InlineData(null, "two words", "two words")]
    [InlineData("", "two words", "two words")]
    [InlineData(null, "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f", "275a021bbfb6489e54d…abf651fd0f")]
    [InlineData(null, "a\u001b[2Jb", @"a\u{001B}[2Jb")]
    [InlineData(null, "123456789012345678🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", "123456789012345678…🙂🙂🙂🙂🙂")]
    public void An_indicator_is_defanged_and_a_long_one_told_by_its_beginning_and_its_end(string? defanged, string plain, string shown) =>
        Assert.Equal(shown, ResultText.Indicator(defanged, plain, 30));

    [Fact]
    public void What_an_indicator_is_about_is_the_two_most_telling_names_and_how_old_the_answer_is()
    {
        Assert.Equal("trojan.emotet, invoice.exe", ResultText.About(Found with { ThreatLabel = "trojan.emotet", Name = "invoice.exe", FileType = "PE" }, Now));
        Assert.Equal(
            "(3 days old) invoice.exe", ResultText.About(Found with { Name = "invoice.exe", FromCache = true, RetrievedAt = Now.AddDays(-3) }, Now));
        Assert.Equal(
            "(just now) invoice.exe", ResultText.About(Found with { Name = "invoice.exe", FromCache = true, RetrievedAt = Now.AddSeconds(-59) }, Now));
        Assert.Equal(
            "(2 hours old) never seen by VirusTotal",
            ResultText.About(Found with { Status = EnrichmentStatus.NotFound, Provider = "VirusTotal", FromCache = true, RetrievedAt = Now.AddHours(-2) }, Now));
        Assert.Equal(@"\u{202E}gpj.exe", ResultText.About(Found with { Name = "\u202Egpj.exe" }, Now));
    }

    [Fact]
    public void Why_there_is_no_answer_does_not_repeat_the_indicator()
    {
        foreach ((string input, string shown) in ((string, string)[])
            [("10.0.0.5", "private address (10.0.0.0/8, RFC 1918)."), ("two words", "it is more than one word.")])
        {
            string? reason = Indicator.TryParse(input, out Indicator? indicator, out string? notAnIndicator) && !LookupScope.OfAll("VirusTotal").IsEligible(indicator, false, out string? notAsked)
                ? notAsked
                : notAnIndicator;

            Assert.Equal(shown, ResultText.About(Found with { Status = EnrichmentStatus.Skipped, Indicator = input, Reason = reason }, Now));
        }

        EnrichmentError refused = new(EnrichmentErrorKind.KeyRefused, "The key is refused.");
        EnrichmentResult failed = Found with { Status = EnrichmentStatus.Failed, Error = refused, Reason = refused.Message };
        Assert.Equal("KeyRefused: The key is refused.", ResultText.About(failed, Now));
        Assert.Equal("not looked up: KeyRefused", ResultText.About(failed with { Requests = 0 }, Now));
    }

    [Fact]
    public void When_and_how_the_answer_came_is_one_line()
    {
        Assert.Equal("2026-11-23 14:00 UTC (just now), 1 request", ResultText.Retrieved(Found, Now));
        Assert.Equal(
            "2026-11-20 14:00 UTC (3 days ago), from the cache, no request",
            ResultText.Retrieved(Found with { FromCache = true, Requests = 0, RetrievedAt = Now.AddDays(-3) }, Now));
        Assert.Equal("2 requests", ResultText.Retrieved(Found with { RetrievedAt = null, Requests = 2 }, Now));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(999L, "999 bytes")]
    [InlineData(1_234_567L, "1.2 MB (1,234,567 bytes)")]
    public void A_size_is_told_in_both_ways(long? size, string shown) => Assert.Equal(shown, ResultText.Size(size));

    [Theory]
    [InlineData("http://evil.example.com/a", "hxxp://evil[.]example[.]com/a")]
    [InlineData("not a URL\u001b[2J", @"not a URL\u{001B}[2J")]
    public void A_final_URL_cannot_be_clicked(string url, string shown) => Assert.Equal(shown, ResultText.Defanged(url));

    [Fact]
    public void For_a_spreadsheet_no_text_is_a_formula_and_the_result_itself_stays_as_it_is()
    {
        EnrichmentResult result = Found with
        {
            Name = "=cmd|' /C calc'!A0",
            ThreatLabel = "  +1",
            Tags = new TextList(["@SUM(1)", "plain"]),
            AsOwner = "－2",
            Registrar = "ACME=1",
            Reputation = -5,
        };

        EnrichmentResult guarded = result.ForSpreadsheet();

        Assert.Equal(("'=cmd|' /C calc'!A0", "'  +1", "'@SUM(1); plain", "'－2"), (guarded.Name, guarded.ThreatLabel, guarded.Tags.ToString(), guarded.AsOwner));
        Assert.Equal(("ACME=1", -5, "evil.example.com"), (guarded.Registrar, guarded.Reputation, guarded.Indicator));
        Assert.Equal("=cmd|' /C calc'!A0", result.Name);
    }

    [Fact]
    public void Every_text_of_a_result_is_guarded_in_a_spreadsheet()
    {
        // Made by their names, so that a text that is added later is not forgotten.
        EnrichmentResult result = Found with { };
        System.Reflection.PropertyInfo[] texts = [.. typeof(EnrichmentResult).GetProperties().Where(static property => property.PropertyType == typeof(string) && property.CanWrite)];
        foreach (System.Reflection.PropertyInfo text in texts)
        {
            text.SetValue(result, "=1");
        }

        EnrichmentResult guarded = result.ForSpreadsheet();

        Assert.All(texts, text => Assert.Equal("'=1", text.GetValue(guarded)));
    }
}
