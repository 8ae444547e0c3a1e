namespace IocEnrich.Engine.Limiting;

/// <summary>The limiter's only timer: it rings once, at the earliest of the moments that it was told. Not thread-safe: the limiter locks.</summary>
internal sealed class LimiterTimer
{
    private readonly TimeProvider _timeProvider;
    private readonly long _start;
    private readonly ITimer _timer;

    // When it rings, from the start on; null where it is not set.
    private TimeSpan? _at;

    /// <param name="onRing">Called when it rings, on a thread of the clock's; it says <see cref="HasRung"/>.</param>
    internal LimiterTimer(TimeProvider timeProvider, Action onRing)
    {
        _timeProvider = timeProvider;
        _start = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(static ring => ((Action)ring!)(), onRing, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It has rung, and can be set anew.</summary>
    internal void HasRung() => _at = null;

    /// <summary>Sets it, unless it rings before that: then it is set anew when it has rung.</summary>
    /// <param name="wait">In what time; infinite for never.</param>
    internal void RingIn(TimeSpan wait)
    {
        if (wait == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        // Rounded up: the system's timers have milliseconds, and one that fires early would have to be set again.
        wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        TimeSpan at = _timeProvider.GetElapsedTime(_start) + wait;
        if (_at is null || at < _at)
        {
            _at = at;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }
}
