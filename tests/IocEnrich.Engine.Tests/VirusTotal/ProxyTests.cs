using System.Net;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.VirusTotal;

public sealed class ProxyTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;

    public async Task InitializeAsync() => _server = await EmulatorServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_named_proxy_carries_the_requests()
    {
        await using TestProxy proxy = new();

        LookupOutcome outcome = await LookUpAsync(new ProxySettings(proxy.Address));

        Assert.Equal(EnrichmentStatus.Found, outcome.Answer?.Status);
        Assert.Equal($"GET {_server.Endpoint}/domains/example.com HTTP/1.1", Assert.Single(proxy.Carried));
    }

    [Fact]
    public async Task A_proxy_that_asks_who_asks_is_told()
    {
        NetworkCredential credential = new("responder", "a proxy's password");
        await using TestProxy proxy = new(credential);

        LookupOutcome outcome = await LookUpAsync(new ProxySettings(proxy.Address, credential));

        Assert.Equal(EnrichmentStatus.Found, outcome.Answer?.Status);
    }

    [Fact]
    public async Task A_proxy_that_refuses_whoever_asks_ends_the_job_and_says_which_parameter_helps()
    {
        await using TestProxy proxy = new(new NetworkCredential("somebody", "else"));

        LookupOutcome outcome = await LookUpAsync(new ProxySettings(proxy.Address));

        Assert.Equal((EnrichmentErrorKind.ProxyRefused, FailureScope.Job), (outcome.Failure?.Error.Kind, outcome.Failure?.Scope));
        Assert.Contains("-ProxyCredential", outcome.Failure!.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.Requests.Total);
    }

    [Fact]
    public void An_endpoint_on_this_machine_is_reached_directly_and_never_through_another_machine()
    {
        Uri proxy = new("http://proxy.example.com:8080");

        Assert.False(new ProxySettings(proxy).MayCarry(_server.Endpoint, out string? reason));
        Assert.Contains("could read the key", reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => HttpPools.For(_server.Endpoint, new ProxySettings(proxy)));
        Assert.True(new ProxySettings(proxy).MayCarry(VirusTotalDefinition.Instance.Endpoint, out _));
    }

    [Fact]
    public void Two_jobs_that_go_the_same_way_share_a_pool()
    {
        Uri proxy = new("http://127.0.0.1:3128");
        HttpMessageInvoker first = HttpPools.For(_server.Endpoint, new ProxySettings(proxy, new NetworkCredential("a", "b")));

        Assert.Same(first, HttpPools.For(_server.Endpoint, new ProxySettings(proxy, new NetworkCredential("a", "b"))));
        Assert.NotSame(first, HttpPools.For(_server.Endpoint, new ProxySettings(proxy, new NetworkCredential("a", "c"))));
        Assert.Same(HttpPools.For(_server.Endpoint), HttpPools.For(_server.Endpoint));
    }

    private async Task<LookupOutcome> LookUpAsync(ProxySettings proxy)
    {
        Assert.True(ApiKey.TryCreate("a-key", out ApiKey? key, out _));
        VirusTotalProvider provider = new(
            HttpPools.For(_server.Endpoint, proxy),
            new ProviderSettings { ApiKey = key, Endpoint = _server.Endpoint, RequestTimeout = JobTesting.Limit });
        return await provider.LookUpAsync(Indicator.Parse("example.com"), CancellationToken.None);
    }
}
