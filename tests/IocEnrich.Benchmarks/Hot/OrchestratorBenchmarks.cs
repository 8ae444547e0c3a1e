using BenchmarkDotNet.Attributes;
using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>The way of one indicator through a job, with a provider that answers at once and no limits.</summary>
public class OrchestratorBenchmarks
{
    private const int Indicators = 10_000;

    private readonly EnrichmentOrchestrator _orchestrator = new();
    private readonly KeyContext _account = new();
    private readonly string[] _texts = [.. IndicatorList.Mixed(Indicators)];

    [Params(1, 16, 64)]
    public int ThrottleLimit { get; set; }

    [Benchmark(OperationsPerInvoke = Indicators)]
    public Task<int> Trip() => JobRun.RunAsync(_orchestrator, new InstantProvider(), ThrottleLimit, _account, _texts);
}
