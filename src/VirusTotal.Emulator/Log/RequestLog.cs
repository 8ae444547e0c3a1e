using System.Runtime.InteropServices;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator;

/// <summary>
/// What was asked. Every request for an indicator is counted when its headers have arrived, whatever becomes of it, malformed ones
/// included; requests for quotas and usage are counted apart. All members may be used at any time, from any thread.
/// </summary>
/// <remarks>
/// Bounded by <see cref="EmulatorOptions.MaxLoggedRequests"/>: beyond it the oldest moments are forgotten (so that
/// <see cref="LargestWindow"/> speaks of the latest ones), and indicators that are new are counted in <see cref="Total"/> only.
/// </remarks>
public sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly int _bound;
    private readonly Queue<long> _moments = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<int, long> _statuses = [];
    private readonly List<Waiter> _waiters = [];
    private long _total;
    private long _account;
    private long _aborted;
    private int _inFlight;
    private int _maxConcurrent;

    internal RequestLog(TimeProvider time, int bound)
    {
        _time = time;
        _bound = bound;
    }

    /// <summary>How many requests for an indicator (or for a path nobody knows) have arrived.</summary>
    public long Total => Read(static log => log._total);

    /// <summary>How many requests for a user's quotas or usage have arrived.</summary>
    public long AccountRequests => Read(static log => log._account);

    /// <summary>How many requests have arrived and are not over.</summary>
    public int InFlight => Read(static log => log._inFlight);

    /// <summary>The largest <see cref="InFlight"/> there was.</summary>
    public int MaxConcurrent => Read(static log => log._maxConcurrent);

    /// <summary>How many requests the client gave up (closed its connection) before they were answered.</summary>
    public long Aborted => Read(static log => log._aborted);

    /// <summary>How many requests there were for one indicator, in whatever form it is written here.</summary>
    public int Count(string indicator)
    {
        string key = CanonicalText.Canonicalize(indicator);
        return Read(log => log._entries.TryGetValue(key, out Entry entry) ? entry.Count : 0);
    }

    /// <summary>How many requests there were for each indicator, by its canonical text.</summary>
    public IReadOnlyDictionary<string, int> Counts() =>
        Read(static log => log._entries.ToDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal));

    /// <summary>How many requests were answered with an HTTP status; 0 stands for none, as where a connection was reset.</summary>
    public long CountOfStatus(int status) => Read(log => log._statuses.GetValueOrDefault(status));

    /// <summary>How many requests were answered with each HTTP status; 0 stands for those that got none.</summary>
    public IReadOnlyDictionary<int, long> CountsOfStatuses() => Read(static log => new SortedDictionary<int, long>(log._statuses));

    /// <summary>The headers of the last request for one indicator, or <see langword="null"/> where there was none.</summary>
    public SeenHeaders? LastHeaders(string indicator)
    {
        string key = CanonicalText.Canonicalize(indicator);
        return Read(log => log._entries.TryGetValue(key, out Entry entry) ? entry.Headers : null);
    }

    /// <summary>The most requests that arrived within any span of that length (its start included, its end not).</summary>
    /// <param name="window">Longer than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is not longer than zero.</exception>
    public int LargestWindow(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        long[] moments = Read(static log => log._moments.ToArray());
        int largest = 0;
        int first = 0;
        for (int last = 0; last < moments.Length; last++)
        {
            while (_time.GetElapsedTime(moments[first], moments[last]) >= window)
            {
                first++;
            }

            largest = Math.Max(largest, last - first + 1);
        }

        return largest;
    }

    /// <summary>Forgets what was. Requests that are under way stay in <see cref="InFlight"/>.</summary>
    public void Clear() => Change(static log =>
    {
        log._total = 0;
        log._account = 0;
        log._aborted = 0;
        log._maxConcurrent = log._inFlight;
        log._moments.Clear();
        log._entries.Clear();
        log._statuses.Clear();
    });

    /// <summary>Waits until something holds of the log, such as <c>log => log.InFlight == 5</c>.</summary>
    /// <param name="condition">Asked after every change, under the log's lock: it must be quick and must not wait.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    public Task WaitForAsync(Func<RequestLog, bool> condition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        lock (_lock)
        {
            if (condition(this))
            {
                return Task.CompletedTask;
            }

            Waiter waiter = new(condition, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiters.Add(waiter);
            return WaitAsync(waiter, cancellationToken);
        }
    }

    /// <summary>Counts a request that has arrived.</summary>
    /// <param name="indicator">Its indicator; <see langword="null"/> for a request about the account.</param>
    /// <param name="headers">Its headers.</param>
    internal void Begin(string? indicator, SeenHeaders headers) => Change((indicator, headers), static (log, request) =>
    {
        log._inFlight++;
        log._maxConcurrent = Math.Max(log._maxConcurrent, log._inFlight);
        if (request.indicator is null)
        {
            log._account++;
            return;
        }

        log._total++;
        log.AddMoment();
        if (log._entries.Count < log._bound || log._entries.ContainsKey(request.indicator))
        {
            ref Entry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(log._entries, request.indicator, out _);
            entry = new Entry(entry.Count + 1, request.headers);
        }
    });

    /// <summary>Counts the end of a request.</summary>
    /// <param name="status">The status it was answered with, or 0.</param>
    /// <param name="aborted">Whether the client had gone.</param>
    internal void End(int status, bool aborted) => Change((status, aborted), static (log, end) =>
    {
        log._inFlight--;
        if (end.aborted)
        {
            log._aborted++;
        }
        else
        {
            CollectionsMarshal.GetValueRefOrAddDefault(log._statuses, end.status, out _)++;
        }
    });

    private void AddMoment()
    {
        if (_moments.Count == _bound)
        {
            _moments.Dequeue();
        }

        _moments.Enqueue(_time.GetTimestamp());
    }

    private async Task WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            await waiter.Done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    private T Read<T>(Func<RequestLog, T> read)
    {
        lock (_lock)
        {
            return read(this);
        }
    }

    private void Change(Action<RequestLog> change) => Change(change, static (log, change) => change(log));

    private void Change<T>(T argument, Action<RequestLog, T> change)
    {
        lock (_lock)
        {
            change(this, argument);
            foreach (Waiter waiter in _waiters)
            {
                waiter.Check(this);
            }
        }
    }

    private readonly record struct Entry(int Count, SeenHeaders Headers);

    private sealed record Waiter(Func<RequestLog, bool> Condition, TaskCompletionSource Done)
    {
        public void Check(RequestLog log)
        {
            if (!Done.Task.IsCompleted && Condition(log))
            {
                Done.TrySetResult();
            }
        }
    }
}
