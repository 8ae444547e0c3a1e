namespace IocEnrich.Engine.Limiting;

/// <summary>The requests of one job that wait for a lease. Not thread-safe: the limiter locks.</summary>
/// <param name="limits">What the job takes for the key's quota.</param>
internal sealed class RequestQueue(QuotaLimits limits)
{
    private readonly LinkedList<Waiter> _first = [];
    private readonly LinkedList<Waiter> _retries = [];

    internal QuotaLimits Limits => limits;

    internal bool IsEmpty => _first.Count == 0 && _retries.Count == 0;

    /// <summary>Whose turn it is: the oldest first request, or the oldest retry.</summary>
    internal Waiter? Head(bool retry) => (retry ? _retries : _first).First?.Value;

    /// <summary>How many first requests wait, or how many retries.</summary>
    internal int CountOf(bool retry) => (retry ? _retries : _first).Count;

    internal void Add(Waiter waiter) => (waiter.IsRetry ? _retries : _first).AddLast(waiter.Node);

    /// <returns><see langword="false"/> if it does not wait any more.</returns>
    internal static bool Remove(Waiter waiter)
    {
        bool waits = waiter.Node.List is not null;
        waiter.Node.List?.Remove(waiter.Node);
        return waits;
    }

    /// <summary>One request that waits.</summary>
    internal sealed class Waiter
    {
        internal Waiter(RequestQueue queue, bool isRetry)
        {
            Queue = queue;
            IsRetry = isRetry;
            Node = new LinkedListNode<Waiter>(this);
        }

        internal RequestQueue Queue { get; }

        internal QuotaLimits Limits => Queue.Limits;

        internal bool IsRetry { get; }

        internal LinkedListNode<Waiter> Node { get; }

        /// <summary>Ends when there is a lease or a refusal. What follows does not run under the limiter's lock.</summary>
        internal TaskCompletionSource<LeaseResult> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
