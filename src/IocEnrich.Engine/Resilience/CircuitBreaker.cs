namespace IocEnrich.Engine.Resilience;

/// <summary>
/// Whether the service seems to be down: a circuit breaker over all workers that use the key. While it is open nobody asks; after each
/// pause one request, the probe, finds out. Not thread-safe.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider timeProvider, CircuitBreakerPolicy policy)
{
    private int _failures;
    private long _firstFailureAt;
    private bool _answeredBefore;
    private bool _retriesHelp;

    private bool _isOpen;
    private bool _isProbing;
    private int _probes;
    private long _pausedAt;
    private TimeSpan _pause;

    /// <summary>Whether the last request failed in a way that could pass: then first requests go before retries.</summary>
    internal bool IsInDoubt => _failures > 0 && !_retriesHelp;

    /// <summary>Whether nobody may ask, the next probe excepted.</summary>
    internal bool IsOpen => _isOpen;

    /// <summary>Whether the next probe should rather be a retry than a first request.</summary>
    internal bool WantsRetryAsProbe => _probes + 1 == policy.RetryProbe;

    /// <summary>
    /// Whether a request may be sent now. Asking as a retry can open the circuit: a retry is worth too much to be spent on a service that
    /// just failed everybody.
    /// </summary>
    /// <returns>
    /// <see cref="TimeSpan.Zero"/>, how long to wait, or <see cref="Timeout.InfiniteTimeSpan"/> until the probe under way is answered.
    /// </returns>
    internal TimeSpan WaitFor(bool isRetry)
    {
        if (!_isOpen)
        {
            if (!isRetry || _retriesHelp || !SeemsDown())
            {
                return TimeSpan.Zero;
            }

            Open();
        }

        if (_isProbing)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan left = _pause - timeProvider.GetElapsedTime(_pausedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A request is sent. While the circuit is open it is the probe.</summary>
    /// <returns>Whether the request is the probe.</returns>
    internal bool OnSent()
    {
        if (!_isOpen)
        {
            return false;
        }

        _isProbing = true;
        _probes++;
        return true;
    }

    /// <summary>The service answered, with whatever: it is there.</summary>
    internal void OnAnswered(bool isRetry)
    {
        // A run of failures that a retry ended was no outage: first requests fail and retries help. So long as they do, none is held.
        _retriesHelp = isRetry && (_retriesHelp || _failures >= policy.FailuresInARow);
        _answeredBefore = true;
        _failures = 0;
        _isOpen = false;
        _isProbing = false;
        _probes = 0;
    }

    /// <summary>A request failed in a way that could pass.</summary>
    /// <param name="isRetry">Whether it was a retry.</param>
    /// <param name="isProbe">What <see cref="OnSent"/> said of it.</param>
    /// <param name="isStranger">Whether what failed may not be the service at all: no connection, or an answer that is not the API's.</param>
    /// <returns><see langword="true"/> if the service was waited for long enough.</returns>
    internal bool OnFailed(bool isRetry, bool isProbe, bool isStranger)
    {
        _retriesHelp &= !isRetry;
        _answeredBefore |= !isStranger;
        if (_failures++ == 0)
        {
            _firstFailureAt = timeProvider.GetTimestamp();
        }

        if (isProbe)
        {
            _isProbing = false;
            TimeSpan patience = _answeredBefore ? policy.Patience : policy.PatienceWithStrangers;
            if (timeProvider.GetElapsedTime(_firstFailureAt) >= patience)
            {
                Forget();
                return true;
            }

            _pausedAt = timeProvider.GetTimestamp();
            _pause = _pause * 2 < policy.LongestPause ? _pause * 2 : policy.LongestPause;
        }
        else if (!_isOpen && !_retriesHelp && SeemsDown())
        {
            Open();
        }

        return false;
    }

    /// <summary>A request was given up before it was answered: it tells nothing.</summary>
    internal void OnGivenUp(bool isProbe)
    {
        if (isProbe)
        {
            // The next one probes at once.
            _isProbing = false;
            _probes--;
        }
    }

    private bool SeemsDown() =>
        _failures >= policy.FailuresInARow && timeProvider.GetElapsedTime(_firstFailureAt) >= policy.ShortestRun;

    private void Open()
    {
        _isOpen = true;
        _probes = 0;
        _pausedAt = timeProvider.GetTimestamp();
        _pause = policy.FirstPause;
    }

    private void Forget()
    {
        _failures = 0;
        _isOpen = false;
        _probes = 0;
    }
}
