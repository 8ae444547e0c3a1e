using System.Management.Automation;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Sqlite;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// Opens the store for a job, which takes its input in meanwhile: on another thread, which may say nothing. Where there is something to be
/// said, the job asks nothing before the command has said it: whoever would rather stop has spent no request by then.
/// </summary>
internal sealed class StoreOpening
{
    private readonly TaskCompletionSource<JobCache?> _cache = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<JobCache?> _opening;

    // The other thread's until it has opened the store, and the command's from then on.
    private readonly List<string> _warnings = [];

    /// <param name="use">What the job does with the store, once it is open.</param>
    /// <param name="cost">What it costs the job where the store cannot be used: goes before what it always costs, in the same sentence.</param>
    internal StoreOpening(string path, Func<ResultCache, JobCache?> use, string cost) => _opening = Task.Run(() => Open(path, use, cost));

    /// <summary>What is known; its result is <see langword="null"/> if the job does without.</summary>
    internal Task<JobCache?> Cache => _cache.Task;

    /// <summary>Writes the warnings, if the store has been opened by now.</summary>
    internal void TellIfOpen(Cmdlet cmdlet)
    {
        if (_opening.IsCompleted)
        {
            Complete(cmdlet);
        }
    }

    /// <summary>Waits until the store is open, or cannot be used, and writes the warnings.</summary>
    internal void Complete(Cmdlet cmdlet)
    {
        JobCache? cache = _opening.GetAwaiter().GetResult();
        if (!_cache.Task.IsCompleted)
        {
            _warnings.ForEach(cmdlet.WriteWarning);
            _cache.SetResult(cache);
        }
    }

    private JobCache? Open(string path, Func<ResultCache, JobCache?> use, string cost)
    {
        try
        {
            JobCache? cache = SessionStore.Use(path, _warnings.Add, use);
            if (_warnings.Count == 0)
            {
                _cache.SetResult(cache);
            }

            return cache;
        }
        catch (StoreUnusableException unusable)
        {
            _warnings.Add($"{unusable.Message} The job runs without the cache: {cost}the quota is not shared with other processes.");
            return null;
        }
    }
}
