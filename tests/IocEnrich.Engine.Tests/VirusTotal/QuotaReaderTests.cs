using System.Text;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>The question for the quota, over real sockets, and what its answer may look like.</summary>
public sealed class QuotaReaderTests : IAsyncLifetime
{
    private const string Key = "canary+0123456789abcdef/0123456789abcdef";
    private static readonly DateTimeOffset Now = new(2026, 12, 31, 23, 0, 0, TimeSpan.Zero);

    private readonly HttpMessageInvoker _http = HttpPools.Create();
    private EmulatorServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await EmulatorServer.StartAsync(new EmulatorOptions { ApiKeys = [Key], ForbiddenKeys = ["forbidden"], RequestsPerMinute = 4, RequestsPerDay = 500 });

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_service_tells_what_is_allowed_used_and_left_and_the_question_is_no_lookup()
    {
        await Provider().LookUpAsync(Indicator.Parse("a.example.com"), CancellationToken.None);

        ProviderQuota quota = (await ReadAsync()).Quota!;
        await ReadAsync();

        Assert.Equal((240L, 1L, 239L), (quota.Hour!.Allowed, quota.Hour.Used, quota.Hour.Left));
        Assert.Equal((500L, 1L, 499L), (quota.Day!.Allowed, quota.Day.Used, quota.Day.Left));
        Assert.Equal((15_500L, 1L), (quota.Month!.Allowed, quota.Month.Used));
        Assert.Equal(1, (await ReadAsync()).Quota!.Day!.Used);
        Assert.Equal(3, _server.Requests.AccountRequests);
    }

    [Fact]
    public async Task A_huge_figure_is_no_cap()
    {
        await using EmulatorServer unlimited = await EmulatorServer.StartAsync();

        ProviderQuota quota = (await ReadAsync(endpoint: unlimited.Endpoint)).Quota!;

        Assert.Equal((null, null, null, null), (quota.Hour!.Allowed, quota.Hour.Left, quota.Day!.Allowed, quota.Month!.Allowed));
        Assert.Equal("0 used, no limit", quota.Day.ToString());
    }

    [Theory]
    [InlineData("403", EnrichmentErrorKind.Rejected)]
    [InlineData("404", EnrichmentErrorKind.Rejected)]
    [InlineData("html:401", EnrichmentErrorKind.UnreadableAnswer)]
    [InlineData("html:404", EnrichmentErrorKind.UnreadableAnswer)]
    [InlineData("407", EnrichmentErrorKind.ProxyRefused)]
    [InlineData("429", EnrichmentErrorKind.QuotaExceeded)]
    [InlineData("500", EnrichmentErrorKind.ServiceFault)]
    [InlineData("html:503", EnrichmentErrorKind.ServiceFault)]
    [InlineData("empty", EnrichmentErrorKind.UnreadableAnswer)]
    [InlineData("html", EnrichmentErrorKind.UnreadableAnswer)]
    [InlineData("wrong-json", EnrichmentErrorKind.UnreadableAnswer)]
    [InlineData("huge:64MB", EnrichmentErrorKind.UnreadableAnswer)]
    [InlineData("redirect:http://127.0.0.1:9/", EnrichmentErrorKind.UnreadableAnswer)]
    [InlineData("reset", EnrichmentErrorKind.Network)]
    [InlineData("reset:body", EnrichmentErrorKind.Network)]
    [InlineData("truncate", EnrichmentErrorKind.Network)]
    [InlineData("stall", EnrichmentErrorKind.Timeout)]
    [InlineData("drip:50ms", EnrichmentErrorKind.Timeout)]
    public async Task Each_fault_is_told_apart_costs_one_request_and_shows_no_key(string fault, EnrichmentErrorKind kind)
    {
        _server.Faults.Add(fault);

        ProviderQuotaAnswer answer = await ReadAsync(timeout: kind == EnrichmentErrorKind.Timeout ? TimeSpan.FromMilliseconds(300) : null);

        Assert.Equal((null, kind), (answer.Quota, answer.Error?.Kind));
        Assert.Equal(1, _server.Requests.AccountRequests);
        Assert.Matches(@"^[A-Z0-9].*[.?]$", answer.Error!.Message);
        Assert.DoesNotContain("canary", answer.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("wrong", EnrichmentErrorKind.KeyRefused)]
    [InlineData("forbidden", EnrichmentErrorKind.Rejected)]
    public async Task A_key_that_is_refused_is_said_to_be(string key, EnrichmentErrorKind kind) =>
        Assert.Equal(kind, (await ReadAsync(key: key)).Error?.Kind);

    [Fact]
    public async Task An_endpoint_that_cannot_be_reached_is_told_without_the_address_that_holds_the_key()
    {
        EnrichmentError error = (await ReadAsync(endpoint: new Uri("http://127.0.0.1:9/api/v3"))).Error!;

        Assert.Equal(EnrichmentErrorKind.Network, error.Kind);
        Assert.DoesNotContain("users/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_reaches_the_socket_and_its_exception_holds_no_address()
    {
        using IDisposable hold = _server.Hold();
        using CancellationTokenSource stop = new();
        Task<ProviderQuotaAnswer> question = Reader().ReadAsync(stop.Token);
        await _server.Requests.WaitForAsync(static log => log.InFlight == 1).WaitAsync(JobTesting.Limit);

        await stop.CancelAsync();

        Exception cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
        Assert.DoesNotContain("canary", cancelled.ToString(), StringComparison.OrdinalIgnoreCase);
        await _server.Requests.WaitForAsync(static log => log.Aborted == 1).WaitAsync(JobTesting.Limit);
    }

    [Fact]
    public async Task The_group_is_told_beside_the_key_and_in_its_place_where_the_key_has_no_figure_of_its_own()
    {
        ProviderQuota quota = (await ParseAsync("""
            {"data": {
              "api_requests_daily": {
                "group": {"used": 1200, "allowed": 1000, "inherited_from": "respon\u202eders"},
                "user": {"allowed": 500, "used": 20, "unknown": {"allowed": 7}}},
              "api_requests_hourly": {"group": {"allowed": 60000000000, "used": 3.0, "inherited_from": "responders"}},
              "intelligence_searches_monthly": {"user": {"allowed": 0, "used": 0}},
              "api_requests_monthly": {"user": {"allowed": 1e300, "used": -4}}}}
            """))!;

        Assert.Equal((480L, 0L), (quota.Day!.Left, quota.Day.Group!.Left));
        Assert.DoesNotContain('\u202e', quota.Day.Group.InheritedFrom!);
        Assert.Equal((null, 3L, "responders"), (quota.Hour!.Allowed, quota.Hour.Used, quota.Hour.InheritedFrom));
        Assert.Equal((null, 0L), (quota.Month!.Allowed, quota.Month.Used));
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), quota.Day.RenewedAt);
        Assert.Equal(quota.Day.RenewedAt, quota.Month.RenewedAt);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"data": []}""")]
    [InlineData("""{"data": {"api_requests_daily": {"user": {"allowed": "500"}}}}""")]
    [InlineData("""{"meta": {"api_requests_daily": {"user": {"allowed": 500, "used": 1}}}}""")]
    [InlineData("""{"data": {"other": {"user": {"allowed": 500, "used": 1}}}}""")]
    public async Task What_tells_no_quota_is_none(string body) => Assert.Null(await ParseAsync(body));

    private static async Task<ProviderQuota?> ParseAsync(string body)
    {
        QuotaBodyReader reader = new();
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(body));
        await JsonStream.ReadAsync(stream, reader, int.MaxValue, CancellationToken.None);
        return reader.ToQuota(Now);
    }

    private Task<ProviderQuotaAnswer> ReadAsync(TimeSpan? timeout = null, string key = Key, Uri? endpoint = null) =>
        Reader(timeout, key, endpoint).ReadAsync(CancellationToken.None);

    private VirusTotalQuotaReader Reader(TimeSpan? timeout = null, string key = Key, Uri? endpoint = null) => new(_http, Options(timeout, key, endpoint));

    private VirusTotalProvider Provider() => new(_http, Options(null, Key, null));

    private ProviderSettings Options(TimeSpan? timeout, string key, Uri? endpoint)
    {
        Assert.True(ApiKey.TryCreate(key, out ApiKey? apiKey, out _));
        return new ProviderSettings { ApiKey = apiKey, Endpoint = endpoint ?? _server.Endpoint, RequestTimeout = timeout ?? JobTesting.Limit };
    }
}
