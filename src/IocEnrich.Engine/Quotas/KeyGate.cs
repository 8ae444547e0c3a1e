using static IocEnrich.Engine.Quotas.WaitingLine;

namespace IocEnrich.Engine.Quotas;

/// <summary>
/// Where every request with one key to one endpoint passes, from whichever job or session of this process: within the quota, not while
/// the service asks for patience, and not while it is down. Jobs take turns, so that a short one does not wait behind a long one.
/// Thread-safe. While requests wait there is one timer, and nothing else.
/// </summary>
internal sealed class KeyGate
{
    private readonly object _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly SlidingWindow _window;
    private readonly DayBudget _day;
    private readonly SlowDown _slowDown;
    private readonly ServiceHealth _health;
    private readonly ITimer _timer;

    // The jobs that have requests waiting, in the order of their turns.
    private readonly LinkedList<WaitingLine> _lines = [];

    internal KeyGate(TimeProvider timeProvider, OutagePolicy? outages = null)
    {
        _timeProvider = timeProvider;
        _window = new SlidingWindow(timeProvider);
        _day = new DayBudget(timeProvider);
        _slowDown = new SlowDown(timeProvider);
        _health = new ServiceHealth(timeProvider, outages ?? new OutagePolicy());
        _timer = timeProvider.CreateTimer(static gate => ((KeyGate)gate!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for leave to send a request.</summary>
    /// <param name="line">The job it is for.</param>
    /// <param name="limits">What the job takes for the key's quota.</param>
    /// <param name="isRetry">Whether its indicator was asked before.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    internal ValueTask<Admission> EnterAsync(WaitingLine line, QuotaLimits limits, bool isRetry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            if (_lines.Count == 0)
            {
                if (_day.IsSpent(limits.RequestsPerDay))
                {
                    return ValueTask.FromResult(Admission.Refused(KeyGateErrors.DaySpent(limits, _day.ResetsAt)));
                }

                if (WaitOf(limits, isRetry) == TimeSpan.Zero)
                {
                    return ValueTask.FromResult(Admission.Of(Permit(isRetry)));
                }
            }

            waiter = new Waiter(line, limits, isRetry);
            if (line.IsEmpty)
            {
                _lines.AddLast(line);
            }

            line.Add(waiter);
            Dispatch();
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>What the quota holds for a job at the moment, and what its requests wait for.</summary>
    internal QuotaView Look(WaitingLine line, QuotaLimits limits)
    {
        lock (_lock)
        {
            DateTimeOffset now = _timeProvider.GetUtcNow();
            (QuotaWait what, TimeSpan wait) = WhatHoldsUp(line, limits);
            bool isPaused = what is QuotaWait.SlowDown or QuotaWait.Outage;
            TimeSpan next = isPaused ? wait : _window.WaitFor(limits.RequestsPerMinute);
            return new QuotaView
            {
                Limits = limits,
                Wait = what,
                WaitingUntil = wait > TimeSpan.Zero ? now + wait : null,
                LeftToday = _day.Left(limits.RequestsPerDay),
                DayEnds = _day.ResetsAt,
                Room = isPaused ? 0 : _window.Room(limits.RequestsPerMinute),
                NextAt = now + (next > TimeSpan.Zero ? next : SlidingWindow.Length),
                UnderWay = _window.UnderWay,
                Turns = _lines.Count + (line.IsEmpty ? 1 : 0),
            };
        }
    }

    private (QuotaWait What, TimeSpan Wait) WhatHoldsUp(WaitingLine line, QuotaLimits limits)
    {
        if (line.IsEmpty)
        {
            return default;
        }

        TimeSpan slowDown = _slowDown.Wait;
        return slowDown != TimeSpan.Zero ? (QuotaWait.SlowDown, slowDown)
            : _health.IsOpen ? (QuotaWait.Outage, _health.WaitFor(isRetry: false))
            : (QuotaWait.Quota, _window.WaitFor(limits.RequestsPerMinute));
    }

    /// <summary>A request has ended; see <see cref="Quotas.Permit.End"/>.</summary>
    internal EnrichmentError? OnEnded(Permit permit, RequestEnd end, EnrichmentError? error, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            EndOfUse(end);
            _slowDown.OnEnded(permit.IsQuotaProbe);
            EnrichmentError? over = Take(permit, end, error, retryAfter);
            if (over is not null)
            {
                RefuseAll(over);
            }

            Dispatch();
            return over;
        }
    }

    private void EndOfUse(RequestEnd end)
    {
        bool counts = end is not (RequestEnd.Unsent or RequestEnd.NotNeeded);
        _window.End(counts);
        if (!counts)
        {
            _day.GiveBack();
        }
    }

    private EnrichmentError? Take(Permit permit, RequestEnd end, EnrichmentError? error, TimeSpan? retryAfter)
    {
        switch (end)
        {
            case RequestEnd.Answered:
                _health.OnAnswered(permit.IsRetry);
                _slowDown.OnAnswered();
                return null;
            case RequestEnd.TooMany:
                _health.OnAnswered(permit.IsRetry);
                return _slowDown.OnRefused(retryAfter) ? KeyGateErrors.QuotaGone(error!, retryAfter, _timeProvider.GetUtcNow()) : null;
            case RequestEnd.Failed or RequestEnd.Unsent:
                return _health.OnFailed(permit.IsRetry, permit.IsHealthProbe, KeyGateErrors.MayBeStranger(error!)) ? KeyGateErrors.ServiceDown(error!) : null;
            case RequestEnd.Final:
                _health.OnAnswered(permit.IsRetry);
                return error;
            default:
                _health.OnGivenUp(permit.IsHealthProbe);
                return null;
        }
    }

    private async ValueTask<Admission> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister((_, token) => GiveUp(waiter, token), null))
        {
            return await waiter.Admitted.Task;
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Leave(waiter))
            {
                waiter.Admitted.TrySetCanceled(cancellationToken);
                Dispatch();
            }
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            Dispatch();
        }
    }

    /// <summary>Lets in whoever may go now, in turns, and sets the timer for the next.</summary>
    private void Dispatch()
    {
        TimeSpan wait = Timeout.InfiniteTimeSpan;
        while (_lines.Count > 0 && TryFindNext(out Waiter? next, out wait))
        {
            Leave(next);
            next.Admitted.TrySetResult(
                _day.IsSpent(next.Limits.RequestsPerDay)
                    ? Admission.Refused(KeyGateErrors.DaySpent(next.Limits, _day.ResetsAt))
                    : Admission.Of(Permit(next.IsRetry)));
        }

        // Rounded up: the system's timers have milliseconds, and one that fires early would have to be set again.
        _timer.Change(
            _lines.Count == 0 || wait == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)),
            Timeout.InfiniteTimeSpan);
    }

    /// <param name="next">Who may go now.</param>
    /// <param name="wait">Where nobody may: how long the first of them waits; infinite until a request under way has ended.</param>
    private bool TryFindNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Waiter? next, out TimeSpan wait)
    {
        wait = Timeout.InfiniteTimeSpan;

        // A retry finishes what was begun, so it goes first; but not where it could be spent on a service that is down.
        bool retriesFirst = _health.IsOpen ? _health.WantsRetryAsProbe : !_health.IsInDoubt;
        foreach (bool retry in (ReadOnlySpan<bool>)[retriesFirst, !retriesFirst])
        {
            foreach (WaitingLine line in _lines)
            {
                if (line.Head(retry) is not { } head)
                {
                    continue;
                }

                TimeSpan its = _day.IsSpent(head.Limits.RequestsPerDay) ? TimeSpan.Zero : WaitOf(head.Limits, retry);
                if (its == TimeSpan.Zero)
                {
                    next = head;
                    return true;
                }

                if (its != Timeout.InfiniteTimeSpan && (wait == Timeout.InfiniteTimeSpan || its < wait))
                {
                    wait = its;
                }
            }
        }

        next = null;
        return false;
    }

    private TimeSpan WaitOf(QuotaLimits limits, bool isRetry)
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (TimeSpan wait in (ReadOnlySpan<TimeSpan>)[_slowDown.Wait, _health.WaitFor(isRetry), _window.WaitFor(limits.RequestsPerMinute)])
        {
            if (wait == Timeout.InfiniteTimeSpan)
            {
                return wait;
            }

            longest = wait > longest ? wait : longest;
        }

        return longest;
    }

    private Permit Permit(bool isRetry)
    {
        _window.Begin();
        _day.Use();
        return new Permit(this, isRetry, isHealthProbe: _health.OnSent(), isQuotaProbe: _slowDown.OnSent());
    }

    /// <summary>Takes a waiter out. Its line goes to the end, so that the others have their turn, or leaves with its last waiter.</summary>
    private bool Leave(Waiter waiter)
    {
        if (!WaitingLine.Remove(waiter))
        {
            return false;
        }

        _lines.Remove(waiter.Line);
        if (!waiter.Line.IsEmpty)
        {
            _lines.AddLast(waiter.Line);
        }

        return true;
    }

    private void RefuseAll(EnrichmentError reason)
    {
        foreach (WaitingLine line in _lines)
        {
            while ((line.Head(retry: false) ?? line.Head(retry: true)) is { } waiter)
            {
                WaitingLine.Remove(waiter);
                waiter.Admitted.TrySetResult(Admission.Refused(reason));
            }
        }

        _lines.Clear();
    }
}
