using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Tests.Orchestration;

internal static class JobTesting
{
    /// <summary>Long enough for any machine; a test that needs it has failed.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Starts a job without limits, with an account of its own unless one is given.</summary>
    internal static EnrichmentJob Start(
        this EnrichmentOrchestrator orchestrator,
        IIndicatorProvider provider,
        int throttleLimit = 4,
        QuotaLimits? limits = null,
        KeyContext? account = null,
        TimeProvider? time = null) =>
        orchestrator.Start(provider, Options(throttleLimit, limits, account, time), out _);

    internal static EnrichmentJobOptions Options(
        int throttleLimit = 4, QuotaLimits? limits = null, KeyContext? account = null, TimeProvider? time = null) => new()
        {
            ThrottleLimit = throttleLimit,
            Limits = limits ?? QuotaLimits.None,
            KeyContext = account ?? new KeyContext(time),
        };

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
}
