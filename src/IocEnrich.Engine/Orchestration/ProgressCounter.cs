namespace IocEnrich.Engine.Orchestration;

/// <summary>Counts what happens in a job, and gives snapshots of it that are consistent in themselves.</summary>
internal sealed class ProgressCounter
{
    private readonly object _gate = new();
    private readonly TimeProvider _timeProvider;
    private readonly RateMeter _recent;
    private readonly long _startedAt;
    private EnrichmentProgress _ended;
    private TimeSpan? _took;
    private bool _inputComplete;
    private int _total;
    private int _found;
    private int _notFound;
    private int _skipped;
    private int _failed;
    private int _notAsked;
    private int _malicious;
    private int _suspicious;
    private int _harmless;
    private int _undetected;
    private int _fromCache;
    private long _requests;

    internal ProgressCounter(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _recent = new RateMeter(timeProvider);
        _startedAt = timeProvider.GetTimestamp();
        _ended = new EnrichmentProgress { StartTime = timeProvider.GetUtcNow() };
    }

    internal void Arrived()
    {
        lock (_gate)
        {
            _total++;
        }
    }

    /// <summary>One that arrived was not taken in after all.</summary>
    internal void Withdrawn()
    {
        lock (_gate)
        {
            _total--;
        }
    }

    internal void InputCompleted()
    {
        lock (_gate)
        {
            _inputComplete = true;
        }
    }

    internal void Requested()
    {
        lock (_gate)
        {
            _requests++;
        }
    }

    internal void Reported(EnrichmentResult result)
    {
        lock (_gate)
        {
            switch (result.Status)
            {
                case EnrichmentStatus.Found:
                    _found++;
                    break;
                case EnrichmentStatus.NotFound:
                    _notFound++;
                    break;
                case EnrichmentStatus.Skipped:
                    _skipped++;
                    break;
                default:
                    _failed++;
                    break;
            }

            switch (result.Verdict)
            {
                case Verdict.Malicious:
                    _malicious++;
                    break;
                case Verdict.Suspicious:
                    _suspicious++;
                    break;
                case Verdict.Harmless:
                    _harmless++;
                    break;
                case Verdict.Undetected:
                    _undetected++;
                    break;
            }

            if (result.Status != EnrichmentStatus.Skipped)
            {
                _recent.Add();
            }

            _notAsked += result.WasLeftOver() ? 1 : 0;
            _fromCache += result.FromCache ? 1 : 0;
        }
    }

    internal void Ended(EnrichmentJobState state, EnrichmentError? error)
    {
        lock (_gate)
        {
            _took = _timeProvider.GetElapsedTime(_startedAt);
            _ended = _ended with { State = state, Error = error, EndTime = _timeProvider.GetUtcNow() };
        }
    }

    /// <param name="waiting">How many results nobody has received.</param>
    /// <param name="isPaced">Whether requests wait for the quota at the moment.</param>
    internal EnrichmentProgress Snapshot(int waiting, bool isPaced)
    {
        lock (_gate)
        {
            TimeSpan elapsed = _took ?? _timeProvider.GetElapsedTime(_startedAt);
            int lookups = _found + _notFound + _failed;
            return _ended with
            {
                InputComplete = _inputComplete,
                Total = _total,
                Found = _found,
                NotFound = _notFound,
                Skipped = _skipped,
                Failed = _failed,
                NotAsked = _notAsked,
                Malicious = _malicious,
                Suspicious = _suspicious,
                Harmless = _harmless,
                Undetected = _undetected,
                FromCache = _fromCache,
                Requests = _requests,
                Waiting = waiting,
                Elapsed = elapsed,
                ResultsPerMinute = _took is null ? _recent.PerMinute(isPaced) : PerMinute(lookups - _notAsked, elapsed),
            };
        }
    }

    private static double PerMinute(int count, TimeSpan elapsed) => elapsed > TimeSpan.Zero ? count / elapsed.TotalMinutes : 0;
}
