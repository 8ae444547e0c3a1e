namespace VirusTotal.Emulator.Log;

/// <summary>Makes requests wait while somebody holds them.</summary>
internal sealed class RequestGate
{
    private readonly Lock _lock = new();
    private int _holders;
    private volatile TaskCompletionSource? _opening;

    /// <summary>Whether a request would have to wait now.</summary>
    public bool IsClosed => _opening is not null;

    /// <summary>Holds requests until the returned value is disposed. Several may hold at once; the last one opens.</summary>
    public IDisposable Hold()
    {
        lock (_lock)
        {
            _holders++;
            _opening ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new Holder(this);
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _opening?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    private sealed class Holder(RequestGate gate) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            lock (gate._lock)
            {
                if (!_released && --gate._holders == 0)
                {
                    gate._opening?.TrySetResult();
                    gate._opening = null;
                }

                _released = true;
            }
        }
    }
}
