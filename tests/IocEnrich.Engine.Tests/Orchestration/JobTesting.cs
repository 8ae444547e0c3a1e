using IocEnrich.Engine.Orchestration;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Orchestration;

internal static class JobTesting
{
    /// <summary>Long enough for any machine; a test that needs it has failed.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    internal static EnrichmentJob Start(this EnrichmentOrchestrator orchestrator, IIndicatorProvider provider, int throttleLimit = 4) =>
        orchestrator.Start(provider, new EnrichmentJobOptions { ThrottleLimit = throttleLimit }, out _);

    internal static string Domain(int number) => $"host{number}.example.com";

    internal static void AddAll(this EnrichmentJob job, IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            Assert.True(job.Add(text));
        }

        job.CompleteInput();
    }

    internal static EnrichmentResult[] TakeAll(this EnrichmentJob job)
    {
        List<EnrichmentResult> all = [];
        while (job.Results.TryTake(out EnrichmentResult? result))
        {
            all.Add(result);
        }

        return [.. all];
    }

    internal static async Task<EnrichmentResult[]> FinishAsync(this EnrichmentJob job)
    {
        await job.Finished.WaitAsync(Limit);
        return job.TakeAll();
    }

    /// <summary>Lets the fake time run until the job has ended. Returns how much of it passed.</summary>
    internal static async Task<TimeSpan> RunClockAsync(this EnrichmentJob job, FakeTimeProvider time, TimeSpan step)
    {
        DateTimeOffset start = time.GetUtcNow();
        using CancellationTokenSource limit = new(Limit);
        while (!job.Finished.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            time.Advance(step);
            await Task.Yield();
        }

        return time.GetUtcNow() - start;
    }
}
