using System.Collections.Concurrent;
using System.Management.Automation;
using IocEnrich.Engine.Store;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// Opens the store for a job, which takes its input in meanwhile: on another thread, which may say nothing. What there is to be said waits
/// until the command asks for it.
/// </summary>
internal sealed class StoreOpening
{
    private readonly ConcurrentQueue<string> _warnings = new();

    /// <param name="path">The file.</param>
    /// <param name="use">What the job does with the store, once it is open.</param>
    /// <param name="cost">What it costs the job where the store cannot be used: goes before what it always costs, in the same sentence.</param>
    internal StoreOpening(string path, Func<AnswerStore, KnownAnswers?> use, string cost) => Known = Task.Run(() => Open(path, use, cost));

    /// <summary>What is known; its result is <see langword="null"/> where the job does without.</summary>
    internal Task<KnownAnswers?> Known { get; }

    /// <summary>Writes the warnings that there are so far.</summary>
    internal void Tell(Cmdlet cmdlet)
    {
        while (_warnings.TryDequeue(out string? warning))
        {
            cmdlet.WriteWarning(warning);
        }
    }

    /// <summary>Waits until the store is open, or cannot be used, and writes what warnings are left.</summary>
    internal void Complete(Cmdlet cmdlet)
    {
        Known.GetAwaiter().GetResult();
        Tell(cmdlet);
    }

    private KnownAnswers? Open(string path, Func<AnswerStore, KnownAnswers?> use, string cost)
    {
        try
        {
            return SessionStore.Use(path, _warnings.Enqueue, use);
        }
        catch (StoreUnusableException unusable)
        {
            _warnings.Enqueue($"{unusable.Message} The job runs without it: {cost}the quota is not shared with other processes.");
            return null;
        }
    }
}
