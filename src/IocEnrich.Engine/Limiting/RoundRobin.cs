using static IocEnrich.Engine.Limiting.RequestQueue;

namespace IocEnrich.Engine.Limiting;

/// <summary>The jobs that have requests waiting, in the order of their turns. Not thread-safe: the limiter locks.</summary>
internal sealed class RoundRobin
{
    private readonly LinkedList<RequestQueue> _queues = [];

    /// <summary>How many jobs wait.</summary>
    internal int Count => _queues.Count;

    /// <summary>How many requests wait.</summary>
    internal int Waiters => _queues.Sum(static queue => queue.CountOf(retry: false) + queue.CountOf(retry: true));

    /// <summary>The jobs, one by one; the limiter goes through them for every request that waits, so nothing is allocated for it.</summary>
    public LinkedList<RequestQueue>.Enumerator GetEnumerator() => _queues.GetEnumerator();

    /// <summary>A request waits: at the end of its job's queue, and a job that had none comes last.</summary>
    internal void Join(Waiter waiter)
    {
        if (waiter.Queue.IsEmpty)
        {
            _queues.AddLast(waiter.Queue);
        }

        waiter.Queue.Add(waiter);
    }

    /// <summary>Takes a waiter out. Its queue goes to the end, so that the others have their turn, or leaves with its last waiter.</summary>
    /// <returns><see langword="false"/> if it does not wait any more.</returns>
    internal bool Leave(Waiter waiter)
    {
        if (!RequestQueue.Remove(waiter))
        {
            return false;
        }

        _queues.Remove(waiter.Queue);
        if (!waiter.Queue.IsEmpty)
        {
            _queues.AddLast(waiter.Queue);
        }

        return true;
    }

    /// <summary>Nobody of them is let in.</summary>
    internal void RefuseAll(EnrichmentError reason)
    {
        foreach (RequestQueue queue in _queues)
        {
            while ((queue.Head(retry: false) ?? queue.Head(retry: true)) is { } waiter)
            {
                RequestQueue.Remove(waiter);
                waiter.Admitted.TrySetResult(LeaseResult.Refused(reason));
            }
        }

        _queues.Clear();
    }
}
