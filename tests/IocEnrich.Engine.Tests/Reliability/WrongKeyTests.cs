using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Reliability;

public sealed class WrongKeyTests
{
    [Fact]
    public async Task A_wrong_key_with_ten_thousand_indicators_costs_no_more_requests_than_there_are_workers()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { ApiKeys = ["the right one"] });
        using HttpMessageInvoker http = HttpPools.Create();
        Assert.True(ApiKey.TryCreate("the-wrong-one", out ApiKey? key, out _));
        VirusTotalProvider provider = new(http, new ProviderSettings { ApiKey = key, Endpoint = server.Endpoint });
        EnrichmentJob job = new EnrichmentOrchestrator().Start(provider, throttleLimit: 16);

        job.AddAll(Enumerable.Range(0, 10_000).Select(JobTesting.Domain));
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(10_000, results.Length);
        Assert.All(results, static result => Assert.Equal(EnrichmentErrorKind.KeyRefused, result.Error?.Kind));
        Assert.InRange(server.Requests.Total, 1, 16);
    }

    [Fact]
    public async Task Two_jobs_that_ask_for_the_same_at_the_same_time_share_one_request_and_one_of_them_may_go()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        using HttpMessageInvoker http = HttpPools.Create();
        Assert.True(ApiKey.TryCreate("a-key", out ApiKey? key, out _));
        VirusTotalProvider provider = new(http, new ProviderSettings { ApiKey = key, Endpoint = server.Endpoint });
        KeyContext account = new();
        IDisposable hold = server.Hold();
        EnrichmentJob first = new EnrichmentOrchestrator().Start(provider, account: account);
        first.AddAll(["shared.example.com"]);
        await server.Requests.WaitForAsync(static log => log.InFlight == 1).WaitAsync(JobTesting.Limit);
        EnrichmentJob second = new EnrichmentOrchestrator().Start(provider, account: account);
        second.AddAll(["shared.example.com"]);
        EnrichmentJob third = new EnrichmentOrchestrator().Start(provider, account: account);
        third.AddAll(["shared.example.com", "own.example.com"]);
        await server.Requests.WaitForAsync(static log => log.InFlight == 2).WaitAsync(JobTesting.Limit);
        while (account.InFlight.Waiting < 4)
        {
            // Three for the one that is shared, and one for the third job's own.
            await Task.Yield();
        }

        // The one that began it goes, and with it nothing: the others still want the answer.
        first.Stop();
        await first.Finished.WaitAsync(JobTesting.Limit);
        hold.Dispose();
        EnrichmentResult shared = Assert.Single(await second.FinishAsync());
        await third.FinishAsync();

        Assert.Equal(EnrichmentErrorKind.Stopped, Assert.Single(first.TakeAll()).Error?.Kind);
        Assert.NotEqual(EnrichmentStatus.Failed, shared.Status);
        Assert.Equal(0, shared.Requests);
        Assert.Equal(1, server.Requests.Count("shared.example.com"));
        Assert.Equal(0, server.Requests.Aborted);
    }
}
