using System.Net;
using System.Text.Json;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class QuotaTests : EmulatorTestBase
{
    private readonly WatchedTime _time;

    public QuotaTests()
        : this(new WatchedTime())
    {
    }

    private QuotaTests(WatchedTime time)
        : base(new EmulatorOptions { RequestsPerMinute = 4, RequestsPerDay = 10, TimeProvider = time }) => _time = time;

    [Fact]
    public async Task The_fifth_request_within_sixty_seconds_exceeds_the_quota()
    {
        Assert.Equal(4, await GrantedAsync(6));
        _time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal(0, await GrantedAsync(1));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(4, await GrantedAsync(5));
    }

    [Fact]
    public async Task The_window_slides()
    {
        Assert.Equal(2, await GrantedAsync(2));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(2, await GrantedAsync(3));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(2, await GrantedAsync(3));
    }

    [Fact]
    public async Task Every_key_has_a_quota_of_its_own()
    {
        Assert.Equal(4, await GrantedAsync(5));
        Assert.Equal(4, await GrantedAsync(5, "another-key"));
    }

    [Fact]
    public async Task The_day_is_one_of_UTC()
    {
        Assert.Equal(4, await GrantedAsync(4));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(4, await GrantedAsync(4));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await GrantedAsync(4));
        _time.Advance(TimeSpan.FromMinutes(8));
        Assert.Equal(4, await GrantedAsync(4));
    }

    [Fact]
    public async Task An_indicator_that_is_not_found_or_not_valid_costs_as_much()
    {
        Server.Answers.Set("unseen.example.com", EmulatedVerdict.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, await Client.StatusAsync("domains/unseen.example.com"));
        Assert.Equal(HttpStatusCode.BadRequest, await Client.StatusAsync("domains/x"));
        Assert.Equal(2, await GrantedAsync(5));
    }

    [Fact]
    public async Task What_is_used_shows_in_the_overall_quotas_and_costs_nothing_to_ask()
    {
        Assert.Equal(4, await GrantedAsync(5));

        JsonElement data = (await Client.JsonAsync($"users/{EmulatorClient.Key}/overall_quotas")).GetProperty("data");

        AssertQuota(data.GetProperty("api_requests_hourly"), 240, 4);
        AssertQuota(data.GetProperty("api_requests_daily"), 10, 4);
        AssertQuota(data.GetProperty("api_requests_monthly"), 310, 4);
        _time.Advance(TimeSpan.FromMinutes(10));
        data = (await Client.JsonAsync("users/someone/overall_quotas")).GetProperty("data");
        Assert.All(data.EnumerateObject(), quota => Assert.Equal(0, quota.Value.GetProperty("user").GetProperty("used").GetInt32()));
        Assert.Equal(2, Server.Requests.AccountRequests);
        Assert.Equal(5, Server.Requests.Total);
    }

    [Fact]
    public async Task Without_limits_the_quotas_are_huge_numbers()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        using EmulatorClient client = new(server);

        JsonElement data = (await client.JsonAsync("users/me/overall_quotas")).GetProperty("data");

        Assert.All(
            data.EnumerateObject(),
            quota => Assert.True(quota.Value.GetProperty("user").GetProperty("allowed").GetInt64() >= 1_000_000_000));
    }

    private static void AssertQuota(JsonElement quota, int allowed, int used)
    {
        Assert.Equal(allowed, quota.GetProperty("user").GetProperty("allowed").GetInt32());
        Assert.Equal(used, quota.GetProperty("user").GetProperty("used").GetInt32());
    }

    /// <summary>Sends that many requests; how many were not answered with 429.</summary>
    private async Task<int> GrantedAsync(int requests, string key = EmulatorClient.Key)
    {
        int granted = 0;
        foreach (int _ in Enumerable.Range(0, requests))
        {
            granted += await Client.StatusAsync("domains/example.com", key) == HttpStatusCode.TooManyRequests ? 0 : 1;
        }

        return granted;
    }
}
