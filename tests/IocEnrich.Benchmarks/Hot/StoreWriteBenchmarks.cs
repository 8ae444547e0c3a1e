using BenchmarkDotNet.Attributes;
using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Caching;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>Answers into a new store, as fast as it takes them, and until the last is on the disk.</summary>
#pragma warning disable CA1001 // The store goes in the clean-up.
public class StoreWriteBenchmarks
#pragma warning restore CA1001
{
    private const int Answers = 5_000;

    private StoreAnswers? _answers;
    private StoreInFolder? _store;
    private JobCache? _known;

    [GlobalSetup]
    public async Task SetupAsync() => _answers = await StoreAnswers.AskAsync(Answers);

    [IterationSetup]
    public void Begin()
    {
        _store = new StoreInFolder();
        _known = StoreAnswers.In(_store);
    }

    [IterationCleanup]
    public void End() => _store?.Dispose();

    [Benchmark(OperationsPerInvoke = Answers)]
    public Task KeepAnswer() => _answers!.KeepAllAsync(_known!);
}
