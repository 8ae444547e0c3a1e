namespace IocEnrich.Engine.Resilience;

/// <summary>
/// What "too many requests" means for everybody who uses the key: a pause, and, where it comes again after a whole window of waiting,
/// that the quota is gone. Not thread-safe.
/// </summary>
internal sealed class ThrottleBackoff(TimeProvider timeProvider)
{
    /// <summary>The longest wait that is waited out. A service that asks for more says that the quota is gone for now.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    // However short a wait the service asks for, or none at all: refused again and again, the key waits so long at least, each time twice as
    // long, until a whole window has passed. Then the quota is gone.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private TimeSpan _floor = ShortestWait;

    // The first refusal since a probe was last answered, and how long everybody waits.
    private long? _refusedAt;
    private long _pausedAt;
    private TimeSpan _pause;
    private bool _isProbing;

    /// <summary>
    /// How long everybody still waits; <see cref="Timeout.InfiniteTimeSpan"/> until the one request that is sent after a pause has ended:
    /// if the quota is gone, that costs one request and not one for each worker.
    /// </summary>
    internal TimeSpan Wait
    {
        get
        {
            if (_isProbing)
            {
                return Timeout.InfiniteTimeSpan;
            }

            TimeSpan left = _pause == TimeSpan.Zero ? TimeSpan.Zero : _pause - timeProvider.GetElapsedTime(_pausedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>A request is sent.</summary>
    /// <returns>Whether it finds out if the pause was long enough.</returns>
    internal bool OnSent() => _isProbing = _refusedAt is not null;

    /// <summary>A request has ended, in whatever way.</summary>
    /// <param name="isProbe">What <see cref="OnSent"/> said of it.</param>
    internal void OnEnded(bool isProbe) => _isProbing &= !isProbe;

    /// <summary>The service refused a request.</summary>
    /// <param name="retryAfter">How long it asks to wait, where it says so.</param>
    /// <param name="isProbe">What <see cref="OnSent"/> said of it.</param>
    /// <returns><see langword="true"/> if the quota is gone, so that waiting longer makes no sense.</returns>
    internal bool OnRefused(TimeSpan? retryAfter, bool isProbe)
    {
        TimeSpan wait = retryAfter ?? QuotaLimits.Window;
        if (wait > LongestWait || (_refusedAt is { } first && timeProvider.GetElapsedTime(first) >= QuotaLimits.Window))
        {
            Reset();
            return true;
        }

        _floor = isProbe ? _floor * 2 : _floor;
        wait = wait > _floor ? wait : _floor;

        // Several workers are refused at about the same time: that is one pause, up to the latest of its ends.
        _refusedAt ??= timeProvider.GetTimestamp();
        if (wait > Wait)
        {
            _pausedAt = timeProvider.GetTimestamp();
            _pause = wait;
        }

        return false;
    }

    /// <summary>
    /// The service answered. What was sent before a refusal, and is answered after it, says nothing about it; the probe says that the key
    /// may ask again.
    /// </summary>
    /// <param name="isProbe">What <see cref="OnSent"/> said of it.</param>
    internal void OnAnswered(bool isProbe)
    {
        if (isProbe)
        {
            _refusedAt = null;
            _floor = ShortestWait;
        }
    }

    private void Reset()
    {
        _refusedAt = null;
        _pause = TimeSpan.Zero;
        _floor = ShortestWait;
    }
}
