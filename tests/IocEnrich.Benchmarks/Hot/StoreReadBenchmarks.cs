using BenchmarkDotNet.Attributes;
using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Caching;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>One answer that is known, found in a store of ten thousand.</summary>
#pragma warning disable CA1001 // The store goes in the clean-up.
public class StoreReadBenchmarks
#pragma warning restore CA1001
{
    private const int Answers = 10_000;

    // Far from the one before, so that the pages of the last are no help.
    private const int Step = 4_801;

    private StoreInFolder? _store;
    private StoreAnswers? _answers;
    private JobCache? _plain;
    private JobCache? _withReport;
    private int _next;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _store = new StoreInFolder();
        _answers = await StoreAnswers.AskAsync(Answers);
        _plain = StoreAnswers.In(_store);
        _withReport = StoreAnswers.In(_store, withReport: true);
        await _answers.KeepAllAsync(_plain);
    }

    [GlobalCleanup]
    public void CleanUp() => _store?.Dispose();

    [Benchmark]
    public object FindAnswer() => Find(_plain!).Result;

    [Benchmark]
    public object FindAnswerAndReport() => Find(_withReport!).Report!;

    private CachedResult Find(JobCache known)
    {
        _next = (_next + Step) % Answers;
        return known.Find(_answers![_next])!;
    }
}
