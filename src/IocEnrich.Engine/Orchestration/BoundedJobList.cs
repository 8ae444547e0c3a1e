namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// The jobs of a session, at most so many. When one is added beyond the bound, the least recently used finished job leaves: first one
/// whose results were all received, then one with results left. A running job never leaves.
/// </summary>
internal sealed class BoundedJobList
{
    private int _maxJobs;

    // The least recently used first. A hundred entries as a rule: walking them costs nothing beside a single lookup.
    private readonly LinkedList<EnrichmentJob> _jobs = [];

    internal BoundedJobList(int maxJobs)
    {
        MaxJobs = maxJobs;
    }

    /// <summary>How many jobs there may be. A bound that is lowered holds when the next job is added.</summary>
    internal int MaxJobs
    {
        get => Volatile.Read(ref _maxJobs);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref _maxJobs, value);
        }
    }

    /// <exception cref="JobLimitException">The list is full of running jobs.</exception>
    internal IReadOnlyList<EvictedJob> Add(EnrichmentJob job)
    {
        lock (_jobs)
        {
            int maxJobs = MaxJobs;
            if (_jobs.Count(static job => job.IsRunning) >= maxJobs)
            {
                // Before any job leaves: nothing is lost to a job that does not start.
                throw new JobLimitException(maxJobs);
            }

            // A job that ends meanwhile only makes more room.
            List<EvictedJob> evicted = [];
            while (_jobs.Count >= maxJobs && NextToLeave() is { } next)
            {
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
