using System.Net.NetworkInformation;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Reliability;

/// <summary>
/// Many indicators through a bad network. Set IOCENRICH_SOAK to the number of indicators in the largest job for a longer one than
/// the 20,000 here.
/// </summary>
[Collection(Alone.Name)]
public sealed class SoakTests
{
    private const int ThrottleLimit = 64;

    private static readonly int Indicators = int.TryParse(Environment.GetEnvironmentVariable("IOCENRICH_SOAK"), out int set) ? set : 20_000;

    [Fact]
    public async Task Three_jobs_through_mixed_faults_one_of_them_stopped_lose_and_double_nothing_and_leave_nothing_behind()
    {
        List<Exception> unobserved = [];
        EventHandler<UnobservedTaskExceptionEventArgs> observe = (_, fault) => unobserved.Add(fault.Exception);
        TaskScheduler.UnobservedTaskException += observe;
        try
        {
            await using EmulatorServer server = await EmulatorServer.StartAsync();
            await RunAsync(server, Indicators);
            (long memory, int threads, int sockets) = Measure();

            // What was asked now was asked before, so the emulator has made all its answers.
            await RunAsync(server, Indicators / 4);

            (long memoryAfter, int threadsAfter, int socketsAfter) = Measure();
            Assert.True(memoryAfter - memory < 8 * 1024 * 1024, $"Memory grew from {memory:N0} to {memoryAfter:N0} bytes.");
            Assert.True(threadsAfter - threads < 32, $"Threads grew from {threads} to {threadsAfter}.");
            Assert.True(socketsAfter <= sockets + 8, $"Connections grew from {sockets} to {socketsAfter}.");
            Assert.Empty(unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= observe;
        }
    }

    private static async Task RunAsync(EmulatorServer server, int indicators)
    {
        KeyContext account = new();
        server.Requests.Clear();
        server.Faults.Clear();
        foreach (string fault in new[] { "503@0.04", "reset@0.04,seed=1", "truncate@0.04,seed=2", "html@0.04,seed=3", "empty@0.04,seed=4" })
        {
            server.Faults.Add(fault);
        }

        using HttpMessageInvoker http = HttpPools.Create();
        Assert.True(ApiKey.TryCreate("a-key-for-the-soak", out ApiKey? key, out _));
        VirusTotalProvider provider = new(http, new ProviderSettings { ApiKey = key, Endpoint = server.Endpoint });
        EnrichmentOrchestrator orchestrator = new();
        EnrichmentJob whole = Start("whole", indicators);
        EnrichmentJob overlapping = Start("whole", indicators / 4);
        EnrichmentJob stopped = Start("stopped", indicators / 2);
        await server.Requests.WaitForAsync(log => log.Total > indicators / 2);
        stopped.Stop();

        EnrichmentResult[] all = await CheckAsync(whole, indicators);
        EnrichmentResult[] some = await CheckAsync(overlapping, indicators / 4);
        EnrichmentResult[] part = await CheckAsync(stopped, indicators / 2);

        Assert.Equal(EnrichmentJobState.Completed, whole.GetProgress().State);
        Assert.Equal(EnrichmentJobState.Stopped, stopped.GetProgress().State);
        Assert.InRange(all.Count(static result => result.Status == EnrichmentStatus.Failed), indicators * 2 / 100, indicators * 7 / 100);
        Assert.All(part.Where(static result => result.Status == EnrichmentStatus.Failed && result.Requests == 0), static result => Assert.Equal(EnrichmentErrorKind.Stopped, result.Error?.Kind));

        // Every request is on some job's bill, and on one only: what two jobs shared was sent once. Only a request that was cut
        // off by the stop is billed without being sure to have arrived.
        EnrichmentResult[] everything = [.. all, .. some, .. part];
        long billed = everything.Sum(static result => (long)result.Requests);
        long cutOff = everything.Count(static result => result.Requests > 0 && result.Error?.Kind == EnrichmentErrorKind.Stopped);
        Assert.InRange(cutOff, 0, ThrottleLimit);
        Assert.InRange(server.Requests.Total, billed - cutOff, billed);

        EnrichmentJob Start(string prefix, int count)
        {
            EnrichmentJob job = orchestrator.Start(provider, ThrottleLimit, account: account);
            job.AddAll(Enumerable.Range(0, count).Select(number => $"{prefix}{number}.example.com"));
            return job;
        }
    }

    private static async Task<EnrichmentResult[]> CheckAsync(EnrichmentJob job, int indicators)
    {
        await job.Finished.WaitAsync(TimeSpan.FromMinutes(10));
        EnrichmentResult[] results = job.TakeAll();
        Assert.Equal(indicators, results.Length);
        Assert.Equal(indicators, results.Select(static result => result.Indicator).Distinct(StringComparer.Ordinal).Count());
        return results;
    }

    private static (long Memory, int Threads, int Sockets) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        int sockets = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Count(static connection => connection.State == TcpState.Established);
        return (GC.GetTotalMemory(forceFullCollection: true), ThreadPool.ThreadCount, sockets);
    }
}
