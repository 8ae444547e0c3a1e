using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Benchmarks.Work;

/// <summary>A list through the engine alone: given to a job, and its results taken as they come.</summary>
internal static class JobRun
{
    /// <returns>How many results came.</returns>
    internal static async Task<int> RunAsync(
        EnrichmentOrchestrator orchestrator,
        IIndicatorProvider provider,
        int throttleLimit,
        KeyContext account,
        IEnumerable<string> texts,
        JobCache? known = null,
        QuotaLimits? limits = null)
    {
        EnrichmentJobOptions options = new() { ThrottleLimit = throttleLimit, Limits = limits ?? QuotaLimits.None, KeyContext = account, Cache = Task.FromResult(known) };
        EnrichmentJob job = orchestrator.Start(provider, options, out _);
        Task<int> taking = Task.Run(() => TakeAllAsync(job.Results));
        foreach (string text in texts)
        {
            job.Add(text);
        }

        job.CompleteInput();
        int count = await taking;
        orchestrator.Forget(job);
        return count;
    }

    private static async Task<int> TakeAllAsync(ResultBuffer results)
    {
        int count = 0;
        while (true)
        {
            bool ended = results.IsCompleted;
            while (results.TryTake(out _))
            {
                count++;
            }

            if (ended)
            {
                return count;
            }

            await results.WaitAsync(0, CancellationToken.None);
        }
    }
}
