using System.Runtime.CompilerServices;
using IocEnrich.Engine.Providers;
using Polly;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// Runs the enrichment jobs of one session in the background and keeps a bounded list of them. All members are thread-safe.
/// </summary>
public sealed class EnrichmentOrchestrator
{
    /// <summary>How many jobs are kept unless it is set otherwise.</summary>
    public const int DefaultMaxJobs = 100;

    // Those that are in use, and not held here: a session that is closed takes its own along.
    private static readonly ConditionalWeakTable<EnrichmentOrchestrator, object> InUse = [];

    private readonly BoundedJobList _jobs;
    private readonly TimeProvider _timeProvider;
    private readonly ResiliencePipeline<LookupOutcome> _retryOnce;

    static EnrichmentOrchestrator() => ProcessEnd.Do(ProcessEndStep.StopJobs, StopEverything);

    /// <summary>An orchestrator without jobs.</summary>
    /// <param name="maxJobs">How many jobs are kept: 1 or more.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxJobs"/> is less than 1.</exception>
    public EnrichmentOrchestrator(int maxJobs = DefaultMaxJobs, TimeProvider? timeProvider = null)
    {
        _jobs = new BoundedJobList(maxJobs);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _retryOnce = RetryOnce.Create(_timeProvider);
        InUse.Add(this, _jobs);
    }

    /// <summary>How many jobs are kept: 1 or more. A bound that is lowered while there are more jobs holds when the next one starts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxJobs
    {
        get => _jobs.MaxJobs;
        set => _jobs.MaxJobs = value;
    }

    /// <summary>The jobs in the list, the least recently used first: a copy.</summary>
    public IReadOnlyList<EnrichmentJob> Jobs => _jobs.ToArray();

    /// <summary>Starts a job. It waits for indicators until <see cref="EnrichmentJob.CompleteInput"/> is called.</summary>
    /// <param name="provider">The service to query.</param>
    /// <param name="options">The options of the job.</param>
    /// <param name="evicted">
    /// The finished jobs that left the list to make room, each with whether results were left in it. They are not disposed: whoever
    /// holds one can still receive from it.
    /// </param>
    /// <exception cref="JobLimitException">The list is full of running jobs. Nothing was started.</exception>
    public EnrichmentJob Start(IIndicatorProvider provider, EnrichmentJobOptions options, out IReadOnlyList<EvictedJob> evicted)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        EnrichmentJob job = new(provider, options, _retryOnce, _timeProvider);
        evicted = _jobs.Add(job);
        job.Run();
        return job;
    }

    /// <summary>Marks a job as just used, so that others leave the list before it. A job that is not in the list stays outside.</summary>
    public void Touch(EnrichmentJob job) => _jobs.Touch(job);

    /// <summary>Takes a job off the list. It is not stopped by that.</summary>
    public void Forget(EnrichmentJob job) => _jobs.Remove(job);

    /// <summary>Stops all jobs that run. Returns at once.</summary>
    public void StopAll()
    {
        foreach (EnrichmentJob job in _jobs.ToArray())
        {
            job.Stop();
        }
    }

    private static void StopEverything()
    {
        foreach ((EnrichmentOrchestrator orchestrator, _) in InUse)
        {
            orchestrator.StopAll();
        }
    }
}
