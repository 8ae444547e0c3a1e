using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.Engine.Tests.Orchestration;

/// <summary>A job whose store is still being opened while it takes its input in.</summary>
public sealed class OpeningStoreTests
{
    private readonly TaskCompletionSource<JobCache?> _opening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedProvider _provider;
    private int _askedTooSoon;

    public OpeningStoreTests() => _provider = ScriptedProvider.Answering((indicator, _) =>
    {
        Interlocked.Add(ref _askedTooSoon, _opening.Task.IsCompleted ? 0 : 1);
        return ScriptedProvider.Found(indicator);
    });

    [Fact]
    public async Task Input_is_taken_in_meanwhile_and_nothing_is_asked_before_the_store_is_open()
    {
        EnrichmentJob job = Start();
        job.AddAll(["a.example.com", "b.example.com", "not an indicator"]);
        EnrichmentResult skipped = Assert.Single(job.TakeAll());
        Assert.Equal((EnrichmentStatus.Skipped, 0), (skipped.Status, _provider.Total));

        _opening.SetResult(null);

        EnrichmentResult[] results = await job.FinishAsync();
        Assert.Equal((2, 0), (results.Length, _askedTooSoon));
        Assert.All(results, static result => Assert.Equal(EnrichmentStatus.Found, result.Status));
    }

    [Fact]
    public async Task A_job_that_is_stopped_meanwhile_ends_without_waiting_for_it()
    {
        EnrichmentJob job = Start();
        job.AddAll(["a.example.com", "b.example.com"]);

        job.Stop();

        EnrichmentResult[] results = await job.FinishAsync();
        Assert.Equal((2, 0), (results.Length, _provider.Total));
        Assert.All(results, static result => Assert.Equal(EnrichmentErrorKind.Stopped, result.Error?.Kind));
    }

    [Fact]
    public async Task A_fault_in_opening_it_is_told_with_each_indicator()
    {
        EnrichmentJob job = Start();
        job.AddAll(["a.example.com", "b.example.com"]);

        _opening.SetException(new InvalidOperationException("A fault."));

        EnrichmentResult[] results = await job.FinishAsync();
        Assert.Equal((2, 0), (results.Length, _provider.Total));
        Assert.All(results, static result => Assert.Contains("A fault.", result.Reason, StringComparison.Ordinal));
    }

    private EnrichmentJob Start() => new EnrichmentOrchestrator().Start(_provider, JobTesting.Options() with { Cache = _opening.Task }, out _);
}
