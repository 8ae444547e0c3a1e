namespace IocEnrich.Benchmarks.Work;

/// <summary>
/// The system's clock, with timers that ring when they are due. The runtime's own ring up to several milliseconds later, which is nothing
/// to most, but where clients are measured against a latency of 50 ms it is a twentieth of what is measured.
/// </summary>
/// <remarks>
/// One thread waits for all of them. It sleeps until shortly before the first is due, and looks at the clock for the rest: up to
/// <see cref="Alert"/> of processor time for each moment at which timers ring, and none where there are none.
/// </remarks>
internal sealed class PunctualTimeProvider : TimeProvider
{
    /// <summary>A sleep of the system ends up to so much later than it was asked to.</summary>
    private static readonly TimeSpan Alert = TimeSpan.FromMilliseconds(2);

    private readonly object _lock = new();
    private readonly PriorityQueue<(PunctualTimer Timer, int Setting), long> _due = new();
    private bool _isStarted;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        PunctualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Add(PunctualTimer timer, int setting, long at)
    {
        lock (_lock)
        {
            _due.Enqueue((timer, setting), at);
            Monitor.Pulse(_lock);
            if (!_isStarted)
            {
                _isStarted = true;
                new Thread(Run) { IsBackground = true, Name = "timers" }.Start();
            }
        }
    }

    private void Run()
    {
        while (true)
        {
            TimeSpan left;
            lock (_lock)
            {
                left = LeftUntilNext();
                if (left > Alert)
                {
                    Monitor.Wait(_lock, left - Alert);
                    continue;
                }

                if (left <= TimeSpan.Zero)
                {
                    (PunctualTimer timer, int setting) = _due.Dequeue();
                    timer.Ring(setting);
                    continue;
                }
            }

            // Others who have something to do go first.
            Thread.Yield();
        }
    }

    /// <summary>In what time the first is due; waits, without the lock, so long as there is none.</summary>
    private TimeSpan LeftUntilNext()
    {
        long at;
        while (!_due.TryPeek(out _, out at))
        {
            Monitor.Wait(_lock);
        }

        return GetElapsedTime(GetTimestamp(), at);
    }

    /// <summary>One timer. Each time it is set anew, what was set before counts no longer.</summary>
    private sealed class PunctualTimer(PunctualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly object _lock = new();
        private TimeSpan _period;
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _period = period;
                _setting++;
                if (dueTime >= TimeSpan.Zero)
                {
                    clock.Add(this, _setting, clock.GetTimestamp() + (long)(dueTime.TotalSeconds * clock.TimestampFrequency));
                }

                return true;
            }
        }

        /// <summary>It is due, if it was not set anew since: that is looked at on the thread of the pool that does what it is for.</summary>
        internal void Ring(int setting) =>
            ThreadPool.UnsafeQueueUserWorkItem(static due => due.Timer.Call(due.Setting), (Timer: this, Setting: setting), preferLocal: false);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call(int setting)
        {
            lock (_lock)
            {
                if (setting != _setting)
                {
                    return;
                }

                if (_period > TimeSpan.Zero)
                {
                    Change(_period, _period);
                }
            }

            callback(state);
        }
    }
}
