namespace VirusTotal.Emulator.Log;

/// <summary>Makes requests wait while somebody holds them.</summary>
internal sealed class RequestGate
{
    private readonly Lock _lock = new();
    private int _holders;
    private volatile TaskCompletionSource? _opening;

    /// <summary>Holds requests until the returned value is disposed. Several may hold at once; the last one opens.</summary>
    public IDisposable Hold()
    {
        lock (_lock)
        {
            _holders++;
            _opening ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Holder(this);
    }

    public Task WaitAsync(CancellationToken cancellationToken) =>
        _opening is { } opening ? opening.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Whether a request would have to wait now.</summary>
    public bool IsClosed => _opening is not null;

    private void Release()
    {
        lock (_lock)
        {
            if (--_holders == 0)
            {
                _opening?.TrySetResult();
                _opening = null;
            }
        }
    }

    private sealed class Holder(RequestGate gate) : IDisposable
    {
        private RequestGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
