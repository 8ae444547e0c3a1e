namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// The jobs of a session, at most so many. When one is added beyond the bound, the least recently used finished job leaves: first one
/// whose results were all received, then one with results left. A running job never leaves.
/// </summary>
internal sealed class BoundedJobList
{
    private readonly int _maxJobs;

    // The least recently used first. A hundred entries as a rule: walking them costs nothing beside a single lookup.
    private readonly LinkedList<EnrichmentJob> _jobs = [];

    internal BoundedJobList(int maxJobs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxJobs, 1);
        _maxJobs = maxJobs;
    }

    /// <exception cref="JobLimitException">The list is full of running jobs.</exception>
    internal IReadOnlyList<EvictedJob> Add(EnrichmentJob job)
    {
        lock (_jobs)
        {
            List<EvictedJob> evicted = [];
            while (_jobs.Count >= _maxJobs)
            {
                EvictedJob next = NextToLeave() ?? throw new JobLimitException(_maxJobs);
                _jobs.Remove(next.Job);
                evicted.Add(next);
            }

            _jobs.AddLast(job);
            return evicted;
        }
    }

    internal void Touch(EnrichmentJob job)
    {
        lock (_jobs)
        {
            if (_jobs.Remove(job))
            {
                _jobs.AddLast(job);
            }
        }
    }

    internal void Remove(EnrichmentJob job)
    {
        lock (_jobs)
        {
            _jobs.Remove(job);
        }
    }

    internal EnrichmentJob[] ToArray()
    {
        lock (_jobs)
        {
            return [.. _jobs];
        }
    }

    private EvictedJob? NextToLeave()
    {
        EvictedJob? withResultsLeft = null;
        foreach (EnrichmentJob job in _jobs)
        {
            if (job.IsRunning)
            {
                continue;
            }

            if (!job.HasResultsLeft)
            {
                return new EvictedJob(job, HadResultsLeft: false);
            }

            withResultsLeft ??= new EvictedJob(job, HadResultsLeft: true);
        }

        return withResultsLeft;
    }
}
