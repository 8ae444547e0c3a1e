using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Resilience;
using static IocEnrich.Engine.Limiting.RequestQueue;
using static IocEnrich.Engine.Limiting.Waits;

namespace IocEnrich.Engine.Limiting;

/// <summary>
/// Where every request with one key to one endpoint passes, from whichever job or session of this process: within the quota, not while
/// the service asks for patience, and not while it is down. Jobs take turns, so that a short one does not wait behind a long one.
/// Thread-safe. While requests wait there is one timer, and nothing else.
/// </summary>
/// <remarks>
/// The quota holds twice: the window and the day of this process, exactly and on a clock that nobody sets; and, where a ledger is
/// attached, those of all processes, on the wall clock that they share.
/// </remarks>
internal sealed class RequestLimiter
{
    private readonly object _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly SlidingWindow _window;
    private readonly DayBudget _day;
    private readonly ThrottleBackoff _backoff;
    private readonly CircuitBreaker _breaker;
    private readonly LedgerClient _shared;
    private readonly LedgerSync _ledgerSync;
    private readonly LimiterTimer _timer;
    private readonly RoundRobin _roundRobin = new();

    internal RequestLimiter(TimeProvider timeProvider, CircuitBreakerPolicy? outages = null)
    {
        _timeProvider = timeProvider;
        _window = new SlidingWindow(timeProvider);
        _day = new DayBudget(timeProvider);
        _backoff = new ThrottleBackoff(timeProvider);
        _breaker = new CircuitBreaker(timeProvider, outages ?? new CircuitBreakerPolicy());
        _shared = new LedgerClient(timeProvider);
        _ledgerSync = new LedgerSync(_shared, _lock, onReply: Dispatch);
        _timer = new LimiterTimer(timeProvider, onRing: OnTimer);
    }

    /// <summary>Why the quota was not shared with other processes at some time, though there is a ledger; else <see langword="null"/>.</summary>
    internal string? LedgerProblem
    {
        get
        {
            lock (_lock)
            {
                return _shared.Problem;
            }
        }
    }

    /// <summary>
    /// How many requests wait, and whether the ledger is being asked. Tests wait for the end of that: how long a disk takes is not theirs
    /// to guess.
    /// </summary>
    internal (int Waiting, bool IsExchanging) Activity
    {
        get
        {
            lock (_lock)
            {
                return (_roundRobin.Waiters, _ledgerSync.IsUnderWay);
            }
        }
    }

    /// <summary>Shares the quota with all processes that keep the same ledger, and no longer with those of an earlier one.</summary>
    internal void Attach(IQuotaLedger ledger)
    {
        lock (_lock)
        {
            _shared.Attach(ledger);
            Dispatch();
        }
    }

    /// <summary>What the key has used, by all processes; <see langword="null"/> if there is no ledger. It reads a file.</summary>
    internal LedgerUsage? ReadUsage() => _ledgerSync.ReadUse() is { } use ? new LedgerUsage(use.InWindow, use.Today, _day.ResetsAt) : null;

    /// <summary>Gives back what this process has not used, because it ends.</summary>
    internal void Settle() => _ledgerSync.Settle();

    /// <summary>Waits for leave to send a request.</summary>
    /// <param name="queue">The job it is for, and what that takes for the key's quota.</param>
    /// <param name="isRetry">Whether its indicator was asked before.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    internal ValueTask<LeaseResult> EnterAsync(RequestQueue queue, bool isRetry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QuotaLimits limits = queue.Limits;
        Waiter waiter;
        lock (_lock)
        {
            if (_roundRobin.Count == 0)
            {
                if (IsDaySpent(limits))
                {
                    return ValueTask.FromResult(LeaseResult.Refused(LimiterErrors.DaySpent(limits, _day.ResetsAt)));
                }

                if (WaitOf(limits, isRetry) == TimeSpan.Zero && _shared.WaitFor(limits) == TimeSpan.Zero)
                {
                    RequestLease lease = RequestLease(limits, isRetry);
                    _timer.RingIn(_ledgerSync.StartIfDue());
                    return ValueTask.FromResult(LeaseResult.Of(lease));
                }
            }

            waiter = new Waiter(queue, isRetry);
            _roundRobin.Join(waiter);
            Dispatch();
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>What the quota holds for a job at the moment, and what its requests wait for.</summary>
    internal QuotaSnapshot Snapshot(RequestQueue queue)
    {
        QuotaLimits limits = queue.Limits;
        lock (_lock)
        {
            DateTimeOffset now = _timeProvider.GetUtcNow();
            (QuotaWait what, TimeSpan wait) = WhatHoldsUp(queue);
            bool isPaused = what is QuotaWait.Throttled or QuotaWait.Outage;
            TimeSpan next = isPaused ? wait : MinuteWait(limits);
            return new QuotaSnapshot
            {
                Limits = limits,
                Wait = what,
                WaitingUntil = wait > TimeSpan.Zero ? now + wait : null,
                LeftToday = Lesser(_day.Left(limits.RequestsPerDay), _shared.LeftToday(limits)),
                DayEnds = _day.ResetsAt,
                Room = isPaused ? 0 : Math.Min(_window.Room(limits.RequestsPerMinute), _shared.Room(limits)),
                NextAt = now + (next > TimeSpan.Zero ? next : QuotaLimits.Window),
                UnderWay = _window.UnderWay,
                Turns = _roundRobin.Count + (queue.IsEmpty ? 1 : 0),
            };
        }
    }

    private (QuotaWait What, TimeSpan Wait) WhatHoldsUp(RequestQueue queue)
    {
        if (queue.IsEmpty)
        {
            return default;
        }

        TimeSpan slowDown = _backoff.Wait;
        return slowDown != TimeSpan.Zero ? (QuotaWait.Throttled, slowDown)
            : _breaker.IsOpen ? (QuotaWait.Outage, _breaker.WaitFor(isRetry: false))
            : (QuotaWait.Quota, MinuteWait(queue.Limits));
    }

    /// <summary>A request has ended; see <see cref="RequestLease.End"/>.</summary>
    internal EnrichmentError? OnEnded(RequestLease lease, LookupFailure? failure)
    {
        lock (_lock)
        {
            Release(lease, counts: failure?.MayHaveArrived != false);
            EnrichmentError? over = Conclude(lease, failure);
            if (over is not null)
            {
                _roundRobin.RefuseAll(over);
            }

            Dispatch();
            return over;
        }
    }

    /// <summary>A request tells nothing; see <see cref="RequestLease.GiveUp"/> and <see cref="RequestLease.Return"/>.</summary>
    internal void OnGivenUp(RequestLease lease, bool counts)
    {
        lock (_lock)
        {
            Release(lease, counts);
            _breaker.OnGivenUp(lease.IsHealthProbe);
            Dispatch();
        }
    }

    private void Release(RequestLease lease, bool counts)
    {
        _window.End(counts);
        _shared.End(lease.Limits, lease.IsLeased, counts);
        if (!counts)
        {
            _day.GiveBack();
        }

        _backoff.OnEnded(lease.IsQuotaProbe);
    }

    private EnrichmentError? Conclude(RequestLease lease, LookupFailure? failure)
    {
        switch (failure)
        {
            case { Scope: FailureScope.Throttled }:
                _breaker.OnAnswered(lease.IsRetry);
                return _backoff.OnRefused(failure.RetryAfter, lease.IsQuotaProbe)
                    ? LimiterErrors.QuotaGone(failure.Error, failure.RetryAfter, _timeProvider.GetUtcNow())
                    : null;
            case { Scope: FailureScope.Passing }:
                return _breaker.OnFailed(lease.IsRetry, lease.IsHealthProbe, LimiterErrors.MayBeStranger(failure.Error))
                    ? LimiterErrors.ServiceDown(failure.Error)
                    : null;
            case { Scope: FailureScope.Job }:
                _breaker.OnAnswered(lease.IsRetry);
                return failure.Error;
            default:
                // The service answered, with a report or with an error that is no fault of its own.
                _breaker.OnAnswered(lease.IsRetry);
                _backoff.OnAnswered(lease.IsQuotaProbe);
                return null;
        }
    }

    private async ValueTask<LeaseResult> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
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
            if (_roundRobin.Leave(waiter))
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
            _timer.HasRung();
            Dispatch();
        }
    }

    /// <summary>Lets in whoever may go now, in turns, and sets the timer for the next.</summary>
    private void Dispatch()
    {
        TimeSpan wait = Timeout.InfiniteTimeSpan;
        _shared.WantNothing();
        while (_roundRobin.Count > 0 && TryFindNext(out Waiter? next, out wait))
        {
            _roundRobin.Leave(next);
            next.Admitted.TrySetResult(
                IsDaySpent(next.Limits)
                    ? LeaseResult.Refused(LimiterErrors.DaySpent(next.Limits, _day.ResetsAt))
                    : LeaseResult.Of(RequestLease(next.Limits, next.IsRetry)));
        }

        _timer.RingIn(Shorter(_roundRobin.Count == 0 ? Timeout.InfiniteTimeSpan : wait, _ledgerSync.StartIfDue()));
    }

    /// <param name="next">Who may go now.</param>
    /// <param name="wait">Where nobody may: how long the first of them waits; infinite until a request under way has ended.</param>
    private bool TryFindNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Waiter? next, out TimeSpan wait)
    {
        wait = Timeout.InfiniteTimeSpan;
        _shared.WantNothing();

        // A retry finishes what was begun, so it goes first; but not where it could be spent on a service that is down.
        bool retriesFirst = _breaker.IsOpen ? _breaker.WantsRetryAsProbe : !_breaker.IsInDoubt;
        foreach (bool retry in (ReadOnlySpan<bool>)[retriesFirst, !retriesFirst])
        {
            foreach (RequestQueue queue in _roundRobin)
            {
                if (queue.Head(retry) is not { } head)
                {
                    continue;
                }

                bool isRefused = IsDaySpent(head.Limits);
                TimeSpan its = isRefused ? TimeSpan.Zero : WaitOf(head.Limits, retry);
                if (its == TimeSpan.Zero)
                {
                    if (isRefused || _shared.WaitFor(head.Limits) == TimeSpan.Zero)
                    {
                        next = head;
                        return true;
                    }

                    // The ledger's reply lets it in.
                    _shared.Want(head.Limits, queue.CountOf(retry));
                    continue;
                }

                wait = Shorter(wait, its);
            }
        }

        next = null;
        return false;
    }

    private TimeSpan WaitOf(QuotaLimits limits, bool isRetry) =>
        Longer(_backoff.Wait, Longer(_breaker.WaitFor(isRetry), _window.WaitFor(limits.RequestsPerMinute)));

    private TimeSpan MinuteWait(QuotaLimits limits) => Longer(_window.WaitFor(limits.RequestsPerMinute), _shared.WaitFor(limits));

    private static int? Lesser(int? one, int? other) => one < other || other is null ? one : other;

    private bool IsDaySpent(QuotaLimits limits) => _day.IsSpent(limits.RequestsPerDay) || _shared.IsDaySpent(limits);

    private RequestLease RequestLease(QuotaLimits limits, bool isRetry)
    {
        _window.Begin();
        _day.Use();
        return new RequestLease(this, limits, isLeased: _shared.Begin(limits), isRetry, isHealthProbe: _breaker.OnSent(), isQuotaProbe: _backoff.OnSent());
    }
}
