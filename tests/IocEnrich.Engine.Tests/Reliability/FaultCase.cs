using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Resilience;
using IocEnrich.Engine.Tests.Hostile;
using IocEnrich.Engine.Tests.Orchestration;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Reliability;

/// <summary>A fault, and to which requests of a job of forty indicators it happens.</summary>
/// <param name="Name">The fault in words.</param>
/// <param name="Fault">The fault, as the emulator takes it.</param>
/// <param name="Reach">To which requests it happens.</param>
internal sealed record FaultCase(string Name, string Fault, FaultReach Reach)
{
    internal const int Indicators = 40;

    private const string Key = "canary-fedcba9876543210fedcba9876543210";

    // A service that is down is waited for through seconds in place of minutes; the rules are the same.
    private static readonly CircuitBreakerPolicy Impatient = new()
    {
        ShortestRun = TimeSpan.FromMilliseconds(100),
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromMilliseconds(400),
        Patience = TimeSpan.FromSeconds(1.5),
        PatienceWithStrangers = TimeSpan.FromSeconds(1),
    };

    /// <summary>Runs the job against an emulator of its own, over real sockets.</summary>
    internal async Task<FaultOutcome> RunAsync()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        server.Faults.Add(Rule());
        using HttpMessageInvoker http = HttpPools.Create();
        Assert.True(ApiKey.TryCreate(Key, out ApiKey? key, out _));
        VirusTotalProvider provider = new(http, new ProviderSettings
        {
            ApiKey = key,
            Endpoint = server.Endpoint,
            RequestTimeout = Fault.StartsWith("stall", StringComparison.Ordinal) || Fault.StartsWith("drip", StringComparison.Ordinal)
                ? TimeSpan.FromMilliseconds(400)
                : TimeSpan.FromSeconds(30),
        });

        // A quota that is gone is waited for through a whole minute.
        bool isLong = Reach == FaultReach.Everything && Fault.StartsWith("429", StringComparison.Ordinal);
        TimeProvider time = isLong ? new HurriedTime() : TimeProvider.System;
        EnrichmentJob job = new EnrichmentOrchestrator(timeProvider: time).Start(provider, account: new KeyContext(time, isLong ? null : Impatient));
        job.AddAll(Enumerable.Range(0, Indicators).Select(JobTesting.Domain));
        await job.Finished.WaitAsync(JobTesting.Limit).ContinueWith(
            ended => Assert.True(ended.IsCompletedSuccessfully, $"{Name}, {Reach}: the job has not ended: {job.GetProgress()}"), TaskScheduler.Default);
        EnrichmentResult[] results = job.TakeAll();
        return new FaultOutcome(results, server.Requests.Counts(), job.GetProgress());
    }

    private FaultRule Rule()
    {
        FaultRule rule = FaultRule.Parse(Fault);
        return Reach switch
        {
            FaultReach.OneFirstRequest => rule with { Indicator = JobTesting.Domain(7), LastRequest = 1 },
            FaultReach.OneIndicator => rule with { Indicator = JobTesting.Domain(7) },
            _ => rule,
        };
    }
}

/// <summary>To which requests a fault happens.</summary>
internal enum FaultReach
{
    /// <summary>To the first request of one indicator.</summary>
    OneFirstRequest = 0,

    /// <summary>To all requests of one indicator.</summary>
    OneIndicator,

    /// <summary>To all requests.</summary>
    Everything,
}

/// <summary>What became of the job.</summary>
internal sealed record FaultOutcome(IReadOnlyList<EnrichmentResult> Results, IReadOnlyDictionary<string, int> Requests, EnrichmentProgress Progress)
{
    internal int Answered => Results.Count(static result => result.Status is EnrichmentStatus.Found or EnrichmentStatus.NotFound);

    internal int Distinct => Results.Select(static result => result.Indicator).Distinct(StringComparer.Ordinal).Count();

    internal int MostRequests => Requests.Count == 0 ? 0 : Requests.Values.Max();

    internal int Requested => Requests.Values.Sum();

    /// <summary>The reasons that failed results give, the job's own last.</summary>
    internal string Reasons => string.Join(
        ", ",
        Results.Where(static result => result.Error is not null).Select(static result => result.Error!.Kind)
            .Distinct()
            .OrderBy(kind => kind == Progress.Error?.Kind));
}
