namespace IocEnrich.Engine.Orchestration;

/// <summary>Counts what happens in a job, and gives snapshots of it that are consistent in themselves.</summary>
internal sealed class ProgressCounter(DateTimeOffset startTime)
{
    private readonly object _gate = new();
    private EnrichmentProgress _ended = new() { StartTime = startTime };
    private bool _inputComplete;
    private int _total;
    private int _found;
    private int _notFound;
    private int _skipped;
    private int _failed;
    private int _malicious;
    private int _suspicious;
    private int _fromCache;
    private long _requests;

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

            _malicious += result.Verdict == Verdict.Malicious ? 1 : 0;
            _suspicious += result.Verdict == Verdict.Suspicious ? 1 : 0;
            _fromCache += result.FromCache ? 1 : 0;
        }
    }

    internal void Ended(EnrichmentJobState state, EnrichmentError? error, DateTimeOffset time)
    {
        lock (_gate)
        {
            _ended = _ended with { State = state, Error = error, EndTime = time };
        }
    }

    internal EnrichmentProgress Snapshot(int waiting)
    {
        lock (_gate)
        {
            return _ended with
            {
                InputComplete = _inputComplete,
                Total = _total,
                Found = _found,
                NotFound = _notFound,
                Skipped = _skipped,
                Failed = _failed,
                Malicious = _malicious,
                Suspicious = _suspicious,
                FromCache = _fromCache,
                Requests = _requests,
                Waiting = waiting,
            };
        }
    }
}
