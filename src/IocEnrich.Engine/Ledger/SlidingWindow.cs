namespace IocEnrich.Engine.Ledger;

/// <summary>
/// How many requests fell into the last 60 seconds, exactly and as the service sees them. Not thread-safe.
/// </summary>
/// <remarks>
/// The service counts a request somewhere between the moment it is sent and the moment its answer arrives. A request therefore holds its
/// place while it is under way and for a whole window after its answer: whatever the network does in between, no 60 seconds at the
/// service hold more than the limit. A token bucket or a calendar minute would let twice the limit through at its edges, and the sliding
/// window limiter of <c>System.Threading.RateLimiting</c> rounds to segments and takes no clock from outside.
/// </remarks>
internal sealed class SlidingWindow(TimeProvider timeProvider)
{
    // When the latest requests were answered (timestamps of the clock), a ring with the newest at _newest. It is as large as the largest
    // limit that anybody asked with: older answers cannot matter to anybody.
    private long[] _answered = [];
    private int _newest = -1;
    private int _count;
    private int _underWay;

    /// <summary>How many requests are under way.</summary>
    internal int UnderWay => _underWay;

    /// <summary>When there is room for another request under a limit: <see cref="TimeSpan.Zero"/> for now.</summary>
    /// <param name="limit">How many requests a window may hold; 0 for no limit.</param>
    /// <returns>How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> until a request that is under way has been answered.</returns>
    internal TimeSpan WaitFor(int limit)
    {
        if (limit == 0)
        {
            return TimeSpan.Zero;
        }

        if (_underWay >= limit)
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (limit > _answered.Length)
        {
            Grow(limit);
        }

        int room = limit - _underWay;
        if (_count < room)
        {
            return TimeSpan.Zero;
        }

        // The answer that has to leave the window first so that there is room for one more.
        long oldest = _answered[(_newest - (room - 1) + _answered.Length) % _answered.Length];
        TimeSpan wait = QuotaLimits.Window - timeProvider.GetElapsedTime(oldest);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>How many requests there is room for at this moment; <see cref="int.MaxValue"/> for no limit.</summary>
    internal int Room(int limit)
    {
        if (limit == 0)
        {
            return int.MaxValue;
        }

        int room = limit - _underWay;
        for (int age = 0; age < _count && room > 0; age++)
        {
            if (timeProvider.GetElapsedTime(_answered[(_newest - age + _answered.Length) % _answered.Length]) >= QuotaLimits.Window)
            {
                break;
            }

            room--;
        }

        return Math.Max(room, 0);
    }

    internal void Begin() => _underWay++;

    /// <summary>A request has ended.</summary>
    /// <param name="counts">Whether the service may have counted it.</param>
    internal void End(bool counts)
    {
        _underWay--;
        if (counts && _answered.Length > 0)
        {
            _newest = (_newest + 1) % _answered.Length;
            _answered[_newest] = timeProvider.GetTimestamp();
            _count = Math.Min(_count + 1, _answered.Length);
        }
    }

    private void Grow(int size)
    {
        long[] larger = new long[size];
        for (int age = 0; age < _count; age++)
        {
            larger[_count - 1 - age] = _answered[(_newest - age + _answered.Length) % _answered.Length];
        }

        _answered = larger;
        _newest = _count - 1;
    }
}
