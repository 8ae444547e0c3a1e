using System.Runtime.InteropServices;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator;

/// <summary>
/// What was asked. Every request for an indicator is counted when its headers have arrived, whatever becomes of it, malformed ones
/// included; requests for quotas are counted apart. All members may be used at any time, from any thread.
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
    private readonly Dictionary<string, (int Count, SeenHeaders Headers)> _entries = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, long> _statuses = [];
    private readonly List<(Func<RequestLog, bool> Condition, TaskCompletionSource Done)> _waiters = [];
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
    public long Total => Read(() => _total);

    /// <summary>How many requests for a user's quotas have arrived.</summary>
    public long AccountRequests => Read(() => _account);

    /// <summary>How many requests have arrived and are not over.</summary>
    public int InFlight => Read(() => _inFlight);

    /// <summary>The largest <see cref="InFlight"/> there was.</summary>
    public int MaxConcurrent => Read(() => _maxConcurrent);

    /// <summary>How many requests the client gave up (closed its connection) before they were answered.</summary>
    public long Aborted => Read(() => _aborted);

    /// <summary>How many requests there were for one indicator, in whatever form it is written here.</summary>
    public int Count(string indicator) => Read(() => _entries.GetValueOrDefault(CanonicalText.Canonicalize(indicator)).Count);

    /// <summary>How many requests there were for each indicator, by its canonical text.</summary>
    public IReadOnlyDictionary<string, int> Counts() => Read(() => _entries.ToDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal));

    /// <summary>How many requests were answered with each HTTP status; 0 stands for none, as where a connection was reset.</summary>
    public IReadOnlyDictionary<int, long> CountsOfStatuses() => Read(() => new SortedDictionary<int, long>(_statuses));

    /// <summary>The headers of the last request for one indicator, or <see langword="null"/> if there was none.</summary>
    public SeenHeaders? LastHeaders(string indicator) => Read(() => _entries.GetValueOrDefault(CanonicalText.Canonicalize(indicator)).Headers);

    /// <summary>The most requests that arrived within any span of that length (its start included, its end not).</summary>
    /// <param name="window">Longer than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is not longer than zero.</exception>
    public int LargestWindow(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        Queue<long> within = new();
        int largest = 0;
        foreach (long moment in Read(_moments.ToArray))
        {
            within.Enqueue(moment);
            while (_time.GetElapsedTime(within.Peek(), moment) >= window)
            {
                within.Dequeue();
            }

            largest = Math.Max(largest, within.Count);
        }

        return largest;
    }

    /// <summary>Forgets what was. Requests that are under way stay in <see cref="InFlight"/>.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            (_total, _account, _aborted, _maxConcurrent) = (0, 0, 0, _inFlight);
            _moments.Clear();
            _entries.Clear();
            _statuses.Clear();
            CheckWaiters();
        }
    }

    /// <summary>Waits until something holds of the log, such as <c>log => log.InFlight == 5</c>.</summary>
    /// <param name="condition">Asked after every change, under the log's lock: it must be quick and must not wait.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    public Task WaitForAsync(Func<RequestLog, bool> condition, CancellationToken cancellationToken = default)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            // One that is given up stays until its condition holds: it does no harm in a log that lives as long as a test.
            _waiters.Add((condition, done));
            CheckWaiters();
        }

        return done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Counts a request that has arrived.</summary>
    /// <param name="indicator">Its indicator; <see langword="null"/> for a request about the account.</param>
    internal void Begin(string? indicator, SeenHeaders headers)
    {
        lock (_lock)
        {
            _maxConcurrent = Math.Max(_maxConcurrent, ++_inFlight);
            if (indicator is null)
            {
                _account++;
            }
            else
            {
                _total++;
                AddMoment();
                if (_entries.Count < _bound || _entries.ContainsKey(indicator))
                {
                    ref (int Count, SeenHeaders Headers) entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, indicator, out _);
                    entry = (entry.Count + 1, headers);
                }
            }

            CheckWaiters();
        }
    }

    /// <summary>Counts the end of a request.</summary>
    /// <param name="status">The status it was answered with, or 0.</param>
    /// <param name="aborted">Whether the client had gone.</param>
    internal void End(int status, bool aborted)
    {
        lock (_lock)
        {
            _inFlight--;
            if (aborted)
            {
                _aborted++;
            }
            else
            {
                _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            }

            CheckWaiters();
        }
    }

    private void AddMoment()
    {
        if (_moments.Count == _bound)
        {
            _moments.Dequeue();
        }

        _moments.Enqueue(_time.GetTimestamp());
    }

    private void CheckWaiters() => _waiters.RemoveAll(waiter => waiter.Condition(this) && waiter.Done.TrySetResult());

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
