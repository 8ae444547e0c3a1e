namespace IocEnrich.Engine.Orchestration;

/// <summary>How many results there were in the last two minutes, to the second. Not thread-safe.</summary>
internal sealed class RateMeter(TimeProvider timeProvider)
{
    /// <summary>Two minutes: at the slowest of quotas, one request a minute, there is still something to count.</summary>
    private const int Seconds = 120;

    private readonly long _startedAt = timeProvider.GetTimestamp();

    // One for each second, a ring.
    private readonly int[] _counts = new int[Seconds];
    private long _newest;

    internal void Add()
    {
        MoveTo((long)Elapsed.TotalSeconds);
        _counts[_newest % Seconds]++;
    }

    /// <summary>How many there are in a minute.</summary>
    /// <param name="isPaced">
    /// Whether a quota sets the pace. It lets a burst through at the beginning of each minute, so a minute that has begun counts in full.
    /// </param>
    internal double PerMinute(bool isPaced)
    {
        TimeSpan elapsed = Elapsed;
        MoveTo((long)elapsed.TotalSeconds);

        // The second that has just begun counts for as much of it as there was.
        double seconds = Math.Min(elapsed.TotalSeconds, Seconds - 1 + (elapsed.TotalSeconds % 1));
        seconds = isPaced ? Math.Max(Math.Ceiling(seconds / 60), 1) * 60 : Math.Max(seconds, 1);
        return _counts.Sum() * 60 / seconds;
    }

    private TimeSpan Elapsed => timeProvider.GetElapsedTime(_startedAt);

    private void MoveTo(long second)
    {
        if (second - _newest >= Seconds)
        {
            Array.Clear(_counts);
            _newest = second;
        }

        while (_newest < second)
        {
            _counts[++_newest % Seconds] = 0;
        }
    }
}
