using static IocEnrich.Engine.Limiting.RequestQueue;

namespace IocEnrich.Engine.Limiting;

/// <summary>The jobs that have requests waiting, in the order of their turns. Not thread-safe: the limiter locks.</summary>
internal sealed class RoundRobin
{
    private readonly LinkedList<RequestQueue> _lines = [];

    /// <summary>How many jobs wait.</summary>
    internal int Count => _lines.Count;

    /// <summary>How many requests wait.</summary>
    internal int Waiters => _lines.Sum(static line => line.CountOf(retry: false) + line.CountOf(retry: true));

    /// <summary>The jobs, one by one; the limiter goes through them for every request that waits, so nothing is allocated for it.</summary>
    public LinkedList<RequestQueue>.Enumerator GetEnumerator() => _lines.GetEnumerator();

    /// <summary>A request waits: at the end of its job's line, and a job that had none comes last.</summary>
    internal void Join(Waiter waiter)
    {
        if (waiter.Line.IsEmpty)
        {
            _lines.AddLast(waiter.Line);
        }

        waiter.Line.Add(waiter);
    }

    /// <summary>Takes a waiter out. Its line goes to the end, so that the others have their turn, or leaves with its last waiter.</summary>
    /// <returns><see langword="false"/> where it does not wait any more.</returns>
    internal bool Leave(Waiter waiter)
    {
        if (!RequestQueue.Remove(waiter))
        {
            return false;
        }

        _lines.Remove(waiter.Line);
        if (!waiter.Line.IsEmpty)
        {
            _lines.AddLast(waiter.Line);
        }

        return true;
    }

    /// <summary>Nobody of them is let in.</summary>
    internal void RefuseAll(EnrichmentError reason)
    {
        foreach (RequestQueue line in _lines)
        {
            while ((line.Head(retry: false) ?? line.Head(retry: true)) is { } waiter)
            {
                RequestQueue.Remove(waiter);
                waiter.Admitted.TrySetResult(LeaseResult.Refused(reason));
            }
        }

        _lines.Clear();
    }
}
