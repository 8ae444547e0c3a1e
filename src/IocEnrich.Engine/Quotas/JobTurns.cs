using static IocEnrich.Engine.Quotas.WaitingLine;

namespace IocEnrich.Engine.Quotas;

/// <summary>The jobs that have requests waiting, in the order of their turns. Not thread-safe: the gate locks.</summary>
internal sealed class JobTurns
{
    private readonly LinkedList<WaitingLine> _lines = [];

    /// <summary>How many jobs wait.</summary>
    internal int Count => _lines.Count;

    /// <summary>How many requests wait.</summary>
    internal int Waiters => _lines.Sum(static line => line.CountOf(retry: false) + line.CountOf(retry: true));

    /// <summary>The jobs, one by one; the gate goes through them for every request that waits, so nothing is allocated for it.</summary>
    public LinkedList<WaitingLine>.Enumerator GetEnumerator() => _lines.GetEnumerator();

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
        if (!WaitingLine.Remove(waiter))
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
        foreach (WaitingLine line in _lines)
        {
            while ((line.Head(retry: false) ?? line.Head(retry: true)) is { } waiter)
            {
                WaitingLine.Remove(waiter);
                waiter.Admitted.TrySetResult(Admission.Refused(reason));
            }
        }

        _lines.Clear();
    }
}
