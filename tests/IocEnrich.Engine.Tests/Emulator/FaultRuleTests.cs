using System.Net;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class FaultRuleTests : EmulatorTestBase
{
    [Theory]
    [InlineData("503", "XXXX")]
    [InlineData("503@first", "X...")]
    [InlineData("503@first=2", "XX..")]
    [InlineData("503@nth=2", ".X..")]
    [InlineData("503@from=3", "..XX")]
    [InlineData("503@max=3", "XXX.")]
    [InlineData("503@from=2,max=1", ".X..")]
    [InlineData("503@0.0", "....")]
    [InlineData("503@1.0", "XXXX")]
    [InlineData("503@example.com", "XXXX")]
    [InlineData("503@EXAMPLE.com", "XXXX")]
    [InlineData("503@*.com", "XXXX")]
    [InlineData("503@first,example.com", "X...")]
    [InlineData("503@example.org", "....")]
    [InlineData("503@*.org", "....")]
    public async Task A_rule_chooses_among_the_requests_of_an_indicator(string rule, string expected)
    {
        Server.Faults.Add(rule);
        Assert.Equal(expected, await PatternAsync(4));
    }

    [Fact]
    public async Task A_rule_counts_each_indicator_by_itself()
    {
        Server.Faults.Add("503@first");
        Assert.Equal("X.", await PatternAsync(2, "example.com"));
        Assert.Equal("X.", await PatternAsync(2, "example.org"));
    }

    [Fact]
    public async Task A_rule_may_name_a_URL_with_commas()
    {
        Server.Faults.Add("504@first=9,https://example.net/?a=1,2");

        Assert.Equal(HttpStatusCode.OK, await Client.StatusAsync("domains/example.net"));
        Assert.Equal(HttpStatusCode.GatewayTimeout, await Client.StatusAsync($"urls/{EmulatorClient.UrlId("https://example.net/?a=1,2")}"));
    }

    [Fact]
    public async Task The_first_rule_that_applies_happens_and_the_others_count_on()
    {
        Server.Faults.Add("503@first=2");
        Server.Faults.Add("504@first=3");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Client.StatusAsync("domains/example.com"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Client.StatusAsync("domains/example.com"));
        Assert.Equal(HttpStatusCode.GatewayTimeout, await Client.StatusAsync("domains/example.com"));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusAsync("domains/example.com"));
        Assert.Equal(3, Server.Faults.Happened);
    }

    [Fact]
    public async Task A_share_is_about_right_the_same_in_every_run_and_another_one_with_another_seed()
    {
        Server.Faults.Add("503@0.3");
        string first = await PatternAsync(300);
        Server.Faults.Replace([FaultRule.Parse("503@0.3")]);
        string second = await PatternAsync(300);
        Server.Faults.Replace([FaultRule.Parse("503@0.3,seed=7")]);
        string third = await PatternAsync(300);

        Assert.InRange(first.Count(mark => mark == 'X'), 60, 120);
        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
    }

    [Fact]
    public async Task Rules_may_be_changed_while_requests_are_under_way()
    {
        Task<HttpStatusCode> request;
        using (Server.Hold())
        {
            request = Client.StatusAsync("domains/example.com");
            await Server.Requests.WaitForAsync(log => log.InFlight == 1);
            Server.Faults.Add("503");
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await request);
    }

    [Fact]
    public async Task A_request_whose_key_is_refused_has_no_faults()
    {
        Server.Faults.Add("503");
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusAsync("domains/example.com", key: null));
    }

    [Fact]
    public async Task A_question_about_the_account_goes_by_a_name_that_is_not_the_key()
    {
        Server.Faults.Add("503@account");
        Server.Faults.Add("500@me");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Client.StatusAsync("users/me/overall_quotas"));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusAsync("domains/example.com"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("99")]
    [InlineData("nonsense")]
    [InlineData("reset:nowhere")]
    [InlineData("drip")]
    [InlineData("drip:0")]
    [InlineData("drip:fast")]
    [InlineData("stall:5h")]
    [InlineData("huge")]
    [InlineData("huge:5")]
    [InlineData("huge:5XB")]
    [InlineData("huge:9999999999GB")]
    [InlineData("html:x")]
    [InlineData("redirect:nowhere")]
    [InlineData("wrong-json:1")]
    [InlineData("503@1.5")]
    [InlineData("503@first=0")]
    [InlineData("503@first=x")]
    [InlineData("503@nth")]
    [InlineData("503@max=-1")]
    [InlineData("503@retry-after=soon")]
    [InlineData("reset@retry-after=5")]
    public void A_text_that_is_no_fault_is_refused_with_a_reason(string text)
    {
        FormatException exception = Assert.Throws<FormatException>(() => FaultRule.Parse(text));
        Assert.StartsWith($"\"{text}\" is no fault: ", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Asks for one domain so many times: X where it was answered with 503.</summary>
    private async Task<string> PatternAsync(int requests, string domain = "example.com")
    {
        string pattern = "";
        foreach (int _ in Enumerable.Range(0, requests))
        {
            pattern += await Client.StatusAsync($"domains/{domain}") == HttpStatusCode.ServiceUnavailable ? 'X' : '.';
        }

        return pattern;
    }
}
