using System.Collections.Concurrent;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// The requests with one key that are under way, or wait for their lease. Whoever asks for the same indicator meanwhile gets the same
/// outcome of the same request. Thread-safe.
/// </summary>
internal sealed class RequestCoalescer
{
    private readonly ConcurrentDictionary<CoalescingKey, SharedLookup> _lookups = new();

    /// <summary>How many lookups wait for an outcome at the moment.</summary>
    internal int Waiting => _lookups.Values.Sum(static lookup => lookup.Waiting);

    /// <summary>Joins the request for an indicator that is in flight, or begins one.</summary>
    /// <param name="key">What is looked up, and how.</param>
    /// <param name="begin">Asks; its token is cancelled when nobody wants the outcome any more.</param>
    /// <param name="cancellationToken">Stops waiting. The request goes on so long as somebody else waits for it.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    internal async ValueTask<LookupOutcome> ShareAsync(
        CoalescingKey key, Func<CancellationToken, ValueTask<LookupOutcome>> begin, CancellationToken cancellationToken)
    {
        SharedLookup lookup = Join(key, out bool isFirst);
        try
        {
            if (isFirst)
            {
                // Nearly all are alone with their request, and go on where it ends, without a way through the thread pool.
                await RunAsync(key, lookup, begin).WaitAsync(cancellationToken);
            }

            return await lookup.Outcome.WaitAsync(cancellationToken);
        }
        finally
        {
            if (lookup.Leave())
            {
                Remove(key, lookup);
                lookup.Cancel();
            }
        }
    }

    private SharedLookup Join(CoalescingKey key, out bool isFirst)
    {
        while (true)
        {
            if (_lookups.TryGetValue(key, out SharedLookup? lookup))
            {
                if (lookup.TryJoin())
                {
                    isFirst = false;
                    return lookup;
                }

                // Everybody gave it up at this very moment.
                Remove(key, lookup);
            }

            lookup = new SharedLookup();
            if (_lookups.TryAdd(key, lookup))
            {
                isFirst = true;
                return lookup;
            }
        }
    }

    private async Task RunAsync(CoalescingKey key, SharedLookup lookup, Func<CancellationToken, ValueTask<LookupOutcome>> begin)
    {
        try
        {
            LookupOutcome outcome = await begin(lookup.Token);
            Remove(key, lookup);
            lookup.Complete(outcome);
        }
#pragma warning disable CA1031 // It is not swallowed: everybody who waits for the outcome gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Remove(key, lookup);
            lookup.Fail(exception);
        }
    }

    private void Remove(CoalescingKey key, SharedLookup lookup) =>
        _lookups.TryRemove(new KeyValuePair<CoalescingKey, SharedLookup>(key, lookup));

    /// <summary>One request, and how many wait for it.</summary>
#pragma warning disable CA1001 // A token source without a timer holds nothing to dispose.
    private sealed class SharedLookup
#pragma warning restore CA1001
    {
        private readonly object _lock = new();
        private readonly TaskCompletionSource<LookupOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource _abandoned = new();
        private int _waiting = 1;

        internal Task<LookupOutcome> Outcome => _outcome.Task;

        internal int Waiting => Volatile.Read(ref _waiting);

        internal CancellationToken Token => _abandoned.Token;

        /// <returns><see langword="false"/> if it was given up.</returns>
        internal bool TryJoin()
        {
            lock (_lock)
            {
                if (_waiting == 0)
                {
                    return false;
                }

                _waiting++;
                return true;
            }
        }

        /// <returns>Whether nobody waits any more for an outcome that is not there yet.</returns>
        internal bool Leave()
        {
            lock (_lock)
            {
                return --_waiting == 0 && !_outcome.Task.IsCompleted;
            }
        }

        internal void Cancel() => _abandoned.Cancel();

        internal void Complete(LookupOutcome outcome) => _outcome.TrySetResult(outcome);

        internal void Fail(Exception exception)
        {
            if (exception is OperationCanceledException)
            {
                _outcome.TrySetCanceled();
                return;
            }

            _outcome.TrySetException(exception);

            // Where everybody has left, nobody looks at it any more.
            _ = _outcome.Task.Exception;
        }
    }
}
