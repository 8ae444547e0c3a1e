using static IocEnrich.Engine.Ledger.LedgerRules;

namespace IocEnrich.Engine.Ledger;

/// <summary>
/// What this process holds of a quota that it shares with other processes: leases that the ledger gave it in advance, and what the ledger
/// has yet to be told. It does no I/O: the limiter carries reports to the ledger and brings the replies. Not thread-safe.
/// </summary>
/// <remarks>
/// Large limits take leases in blocks, at most a 200th of the limit, so that a thousand requests a second need some ten exchanges; small
/// ones take them one by one. A request's place stays taken in the ledger until the ledger is told of its end, so a late report costs a
/// little of the quota and never exceeds it.
/// </remarks>
internal sealed class LedgerClient(TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();
    private readonly Dictionary<QuotaLimits, LeaseBlock> _shares = [];
    private readonly UnreportedUsage _unreported = new();

    private int _underWay;
    private bool _isFailing;
    private TimeSpan _retryAt;

    // When the last exchange began, by both clocks: one of them may stand still while the machine sleeps.
    private (TimeSpan At, DateTimeOffset Utc) _exchanged;
    private (TimeSpan At, DateTimeOffset Utc) _began;

    /// <summary>The ledger; <see langword="null"/> if the quota is this process's own.</summary>
    internal IQuotaLedger? Ledger { get; private set; }

    /// <summary>Why the quota was not shared at some time, in a whole sentence; <see langword="null"/> if it always was.</summary>
    internal string? Problem { get; private set; }

    private TimeSpan Now => timeProvider.GetElapsedTime(_start);

    private int Today => DayOf(timeProvider.GetUtcNow());

    /// <summary>The leases in hand.</summary>
    private int Leases
    {
        get
        {
            int leases = 0;
            foreach (LeaseBlock share in _shares.Values)
            {
                leases += share.Leases;
            }

            return leases;
        }
    }

    internal void Attach(IQuotaLedger ledger)
    {
        // Leases of an earlier ledger are none of this one's.
        _shares.Clear();
        _isFailing = false;
        Problem = null;
        Ledger = ledger;
        _exchanged = (Now, timeProvider.GetUtcNow());
        if (_underWay > 0)
        {
            ReportWithin(TimeSpan.Zero);
        }
    }

    /// <summary>
    /// Whether a request may be sent now, as far as the other processes are concerned: <see cref="TimeSpan.Zero"/>. Otherwise how long the
    /// ledger said to wait, or <see cref="Timeout.InfiniteTimeSpan"/> until it has been asked.
    /// </summary>
    internal TimeSpan WaitFor(QuotaLimits limits)
    {
        if (IsFree(limits))
        {
            return TimeSpan.Zero;
        }

        LeaseBlock share = ShareOf(limits);
        if (share.Leases > 0)
        {
            if (IsGood(share))
            {
                return TimeSpan.Zero;
            }

            GiveBack(share);
        }

        return share.FreeAt is { } freeAt && freeAt > Now ? freeAt - Now : Timeout.InfiniteTimeSpan;
    }

    /// <summary>Whether the ledger has just said that the day holds no more requests under these limits.</summary>
    internal bool IsDaySpent(QuotaLimits limits) =>
        !IsFree(limits) && _shares.TryGetValue(limits, out LeaseBlock? share) && share.Leases == 0 && share.SpentUntil > Now;

    /// <summary>How many requests the day still holds, as the ledger said last; <see langword="null"/> if that is not known or not limited.</summary>
    internal int? LeftToday(QuotaLimits limits) =>
        !IsFree(limits) && _shares.TryGetValue(limits, out LeaseBlock? share) && share.Day == Today ? share.LeftToday + share.Leases : null;

    /// <summary>How many requests the other processes leave room for at this moment; <see cref="int.MaxValue"/> where that is not known.</summary>
    internal int Room(QuotaLimits limits) =>
        !IsFree(limits) && _shares.TryGetValue(limits, out LeaseBlock? share) && share.AskAgainAt > Now ? share.Leases : int.MaxValue;

    /// <summary>Nobody waits, until <see cref="Want"/> says otherwise.</summary>
    internal void WantNothing()
    {
        foreach (LeaseBlock share in _shares.Values)
        {
            share.Waiting = 0;
        }
    }

    /// <summary>So many requests wait for the ledger, and for nothing else.</summary>
    internal void Want(QuotaLimits limits, int count) => ShareOf(limits).Waiting += count;

    /// <summary>A request is sent, after <see cref="WaitFor"/> said that it may be.</summary>
    /// <returns>Whether it has a lease of the ledger's.</returns>
    internal bool Begin(QuotaLimits limits)
    {
        _underWay++;
        if (Ledger is null)
        {
            return false;
        }

        if (IsFree(limits))
        {
            _unreported.ChangeDay(Today, 1);
            ReportWithin(LagOf(limits));
            return false;
        }

        ShareOf(limits).Use(Now);
        return true;
    }

    /// <summary>A request has ended.</summary>
    /// <param name="limits">What <see cref="Begin"/> was told.</param>
    /// <param name="isLeased">What it said.</param>
    /// <param name="counts">Whether the service may have counted it.</param>
    internal void End(QuotaLimits limits, bool isLeased, bool counts)
    {
        _underWay--;
        if (Ledger is null)
        {
            return;
        }

        if (counts)
        {
            _unreported.AddAnswers(RoundUp(timeProvider.GetUtcNow(), limits.RequestsPerMinute), 1);
            ReportWithin(LagOf(limits));
        }
        else if (isLeased && !IsFree(limits))
        {
            ShareOf(limits).TakeBack(Now);
        }
        else
        {
            _unreported.ChangeDay(Today, -1);
            ReportWithin(LagOf(limits));
        }
    }

    /// <summary>In what time the next exchange is due; <see cref="Timeout.InfiniteTimeSpan"/> where there is nothing to say.</summary>
    internal TimeSpan DueIn()
    {
        if (Ledger is null)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan due = _unreported.TellAt;
        foreach (LeaseBlock share in _shares.Values)
        {
            due = share.IsWanting && share.AskAgainAt < due ? share.AskAgainAt : due;
            due = share.Leases > 0 && share.IdleAt < due ? share.IdleAt : due;
        }

        due = _underWay + Leases > 0 && _exchanged.At + Heartbeat < due ? _exchanged.At + Heartbeat : due;
        if (due == TimeSpan.MaxValue)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan wait = (_isFailing ? _retryAt : due) - Now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>What the ledger is to be told now. Whoever takes it says how it went: <see cref="Apply"/> or <see cref="Fail"/>.</summary>
    /// <param name="isLast">Whether this process is about to end: then nothing is left in hand.</param>
    internal LedgerReport TakeReport(bool isLast)
    {
        (QuotaLimits Limits, LeaseBlock Share)? wish = null;
        foreach ((QuotaLimits limits, LeaseBlock share) in _shares)
        {
            bool isIdle = !share.IsWanting && share.IdleAt <= Now;
            if (share.Leases > 0 && (isLast || isIdle || !IsGood(share)))
            {
                GiveBack(share);
            }

            if (share.IsWanting && (wish is null || share.AskAgainAt < wish.Value.Share.AskAgainAt))
            {
                wish = (limits, share);
            }
        }

        if (isLast && _underWay > 0)
        {
            // Their connections end with the process; the service may have counted them.
            _unreported.AddAnswers(RoundUp(timeProvider.GetUtcNow(), 1), _underWay);
        }

        _began = (Now, timeProvider.GetUtcNow());
        (Dictionary<long, int> answered, Dictionary<int, int> dayChanges) = _unreported.Take();
        return new LedgerReport
        {
            Answered = answered,
            Held = isLast ? 0 : _underWay + Leases,
            DayChanges = dayChanges,
            Wanted = isLast || wish is not { } wanting ? 0 : wanting.Share.Wish,
            Limits = wish?.Limits ?? QuotaLimits.None,
            IsLast = isLast,
        };
    }

    /// <summary>The ledger was told, and answered.</summary>
    internal void Apply(LedgerReport report, LedgerReply reply)
    {
        _isFailing = false;
        _exchanged = _began;
        if (report.Wanted > 0)
        {
            ShareOf(report.Limits).Apply(report.Wanted, reply, Now);
        }
    }

    /// <summary>The ledger could not be told. For a while the quota is this process's own; what was to be told is told later.</summary>
    internal void Fail(LedgerReport report, string reason)
    {
        Note(reason);
        _isFailing = true;
        _retryAt = Now + RetryAfter;
        _unreported.PutBack(report, RoundUp(timeProvider.GetUtcNow() - QuotaLimits.Window, 1));
        foreach (LeaseBlock share in _shares.Values)
        {
            GiveBack(share);
            share.ForgetWait();
        }

        ReportWithin(RetryAfter);
    }

    /// <summary>Remembers why the quota is not shared; the first reason is the one that people are told.</summary>
    internal void Note(string reason) => Problem ??= $"The quota is not shared with other processes for now. {reason}";

    /// <summary>What this process's own requests add to what the ledger says. Only while no exchange is under way.</summary>
    internal (int InWindow, int Today) OwnUse() => (_underWay + _unreported.Answers, _unreported.ChangeOf(Today) - Leases);

    /// <summary>Whether the ledger is not asked for leave, and only told afterwards.</summary>
    private bool IsFree(QuotaLimits limits) => Ledger is null || _isFailing || limits == QuotaLimits.None;

    private bool IsGood(LeaseBlock share)
    {
        DateTimeOffset utcNow = timeProvider.GetUtcNow();
        return Now - _exchanged.At <= LeaseLife && utcNow - _exchanged.Utc <= LeaseLife && DayOf(utcNow) == share.Day;
    }

    private void GiveBack(LeaseBlock share)
    {
        if (share.LayDown() is > 0 and int leases)
        {
            _unreported.ChangeDay(share.Day, -leases);

            // What the ledger said when they were in the way does not hold any more.
            share.ForgetWait();
            ReportWithin(TimeSpan.Zero);
        }
    }

    private void ReportWithin(TimeSpan lag) => _unreported.TellBy(Now + lag);

    private LeaseBlock ShareOf(QuotaLimits limits)
    {
        if (!_shares.TryGetValue(limits, out LeaseBlock? share))
        {
            _shares.Add(limits, share = new LeaseBlock(limits));
        }

        return share;
    }
}
