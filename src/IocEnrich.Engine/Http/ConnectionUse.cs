namespace IocEnrich.Engine.Http;

/// <summary>
/// One request and its answer on a connection. A connection that brought an answer to another question, or none of the API's, may have
/// more of them under way: it is not used again. Whoever had it in hand already for the next request waits until that is known.
/// </summary>
/// <remarks>
/// The pool gives a connection away as soon as the last byte of an answer was read, and does not tell which one it was. So the use is
/// known to the request's flow, and the connection learns of it when the request is written. Over HTTP/2 an answer belongs to its
/// request by number, and nothing can be slipped in between: there is no use there.
/// </remarks>
internal sealed class ConnectionUse
{
    private static readonly AsyncLocal<ConnectionUse?> OfFlow = new();

    private WatchedConnection? _connection;
    private TaskCompletionSource<bool>? _waiting;
    private volatile State _state;

    private enum State
    {
        UnderWay,
        Trusted,
        Spent,
    }

    /// <summary>The use that this flow of control is about.</summary>
    internal static ConnectionUse? Current => OfFlow.Value;

    /// <summary>Begins a use for the request that this flow is about to send.</summary>
    internal static ConnectionUse Begin()
    {
        ConnectionUse use = new();
        OfFlow.Value = use;
        return use;
    }

    /// <summary>The request is written on this connection.</summary>
    internal void Take(WatchedConnection connection) => _connection = connection;

    /// <summary>The answer was read, or never will be.</summary>
    /// <param name="isTrusted">Whether another request may follow on the connection.</param>
    internal void End(bool isTrusted)
    {
        _state = isTrusted ? State.Trusted : State.Spent;
        if (!isTrusted)
        {
            _connection?.Dispose();
        }

        // Whoever begins to wait after this looks at the state once more.
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _waiting)?.TrySetResult(isTrusted);
    }

    /// <summary>Whether another request may follow; completes at the end of this use.</summary>
    internal ValueTask<bool> IsTrustedAsync(CancellationToken cancellationToken)
    {
        State state = _state;
        if (state == State.UnderWay)
        {
            TaskCompletionSource<bool> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = Interlocked.CompareExchange(ref _waiting, waiting, null) ?? waiting;
            state = _state;
            if (state == State.UnderWay)
            {
                return new ValueTask<bool>(waiting.Task.WaitAsync(cancellationToken));
            }
        }

        return ValueTask.FromResult(state == State.Trusted);
    }
}

/// <summary>A request was not written, because the answer before it on its connection was not to be trusted.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught on the way of a request only.
internal sealed class ConnectionSpentException() : IOException("The connection is not used again.");
#pragma warning restore CA1032, CA1064
