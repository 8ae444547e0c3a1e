using System.Runtime.InteropServices;

namespace IocEnrich.Engine.Quotas;

/// <summary>
/// What this process holds of a quota that it shares with other processes: permits that the ledger gave it in advance, and what the ledger
/// has yet to be told. It does no I/O: the gate carries reports to the ledger and brings the replies. Not thread-safe.
/// </summary>
/// <remarks>
/// Large limits take permits in blocks, at most a 200th of the limit, so that a thousand requests a second need some ten exchanges; small
/// ones take them one by one. A request's place stays taken in the ledger until the ledger is told of its end, so a late report costs a
/// little of the quota and never exceeds it.
/// </remarks>
internal sealed class SharedQuota(TimeProvider timeProvider)
{
    /// <summary>
    /// Permits in hand are void where this process had no exchange for so long: it was suspended, and the others may have taken it for
    /// dead. Shorter than <see cref="HolderLife"/>, so that no place is used twice.
    /// </summary>
    internal static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(10);

    /// <summary>A process that was not heard of for so long is taken for dead.</summary>
    internal static readonly TimeSpan HolderLife = TimeSpan.FromSeconds(15);

    /// <summary>How often a process that holds places says that it lives.</summary>
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>How long a ledger that could not be used is left alone.</summary>
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private const int MaxBlock = 256;
    private const int MaxWanted = 1024;

    // Permits that nobody has needed for so long go back to the others.
    private static readonly TimeSpan LeaseIdle = TimeSpan.FromMilliseconds(500);

    // How often somebody asks again whose places are held by requests of other processes.
    private static readonly TimeSpan PollPause = TimeSpan.FromSeconds(1);

    // Many processes wait for the same place: those that missed it do not come back at once.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    private readonly long _start = timeProvider.GetTimestamp();
    private readonly Dictionary<QuotaLimits, Share> _shares = [];

    // What the ledger has yet to be told, and when it is told at the latest.
    private Dictionary<long, int> _answered = [];
    private Dictionary<int, int> _dayChanges = [];
    private TimeSpan _reportAt = Never;

    private int _underWay;
    private bool _isFailing;
    private TimeSpan _retryAt;

    // When the last exchange began, by both clocks: one of them may stand still while the machine sleeps.
    private TimeSpan _exchangedAt;
    private DateTimeOffset _exchangedAtUtc;
    private (TimeSpan At, DateTimeOffset Utc) _began;

    /// <summary>The ledger; <see langword="null"/> where the quota is this process's own.</summary>
    internal IQuotaLedger? Ledger { get; private set; }

    /// <summary>Why the quota was not shared at some time, in a whole sentence; <see langword="null"/> where it always was.</summary>
    internal string? Problem { get; private set; }

    private TimeSpan Now => timeProvider.GetElapsedTime(_start);

    /// <summary>The requests that are under way, and the permits in hand.</summary>
    private int Held
    {
        get
        {
            int held = _underWay;
            foreach (Share share in _shares.Values)
            {
                held += share.Leases;
            }

            return held;
        }
    }

    internal void Attach(IQuotaLedger ledger)
    {
        // Permits of an earlier ledger are none of this one's.
        _shares.Clear();
        _isFailing = false;
        Problem = null;
        Ledger = ledger;
        Exchanged(Now, timeProvider.GetUtcNow());
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

        Share share = ShareOf(limits);
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
        !IsFree(limits) && _shares.TryGetValue(limits, out Share? share) && share.Leases == 0 && share.SpentUntil > Now;

    /// <summary>How many requests the day still holds, as the ledger said last; <see langword="null"/> where that is not known or not limited.</summary>
    internal int? LeftToday(QuotaLimits limits) =>
        !IsFree(limits) && _shares.TryGetValue(limits, out Share? share) && share.Day == DayOf(timeProvider.GetUtcNow()) ? share.LeftToday + share.Leases : null;

    /// <summary>How many requests the other processes leave room for at this moment; <see cref="int.MaxValue"/> where that is not known.</summary>
    internal int Room(QuotaLimits limits) =>
        !IsFree(limits) && _shares.TryGetValue(limits, out Share? share) && share.AskAgainAt > Now ? share.Leases : int.MaxValue;

    /// <summary>Nobody waits, until <see cref="Want"/> says otherwise.</summary>
    internal void WantNothing()
    {
        foreach (Share share in _shares.Values)
        {
            share.Waiting = 0;
        }
    }

    /// <summary>So many requests wait for the ledger, and for nothing else.</summary>
    internal void Want(QuotaLimits limits, int count) => ShareOf(limits).Waiting += count;

    /// <summary>A request is sent, after <see cref="WaitFor"/> said that it may be.</summary>
    /// <returns>Whether it has a permit of the ledger's.</returns>
    internal bool Begin(QuotaLimits limits)
    {
        _underWay++;
        if (Ledger is null)
        {
            return false;
        }

        if (IsFree(limits))
        {
            Add(_dayChanges, DayOf(timeProvider.GetUtcNow()), 1);
            ReportWithin(LagOf(limits));
            return false;
        }

        Share share = ShareOf(limits);
        share.Leases--;
        share.UsedAt = Now;
        if (share.Leases < BlockOf(limits) / 2)
        {
            // So that nobody has to wait for the next ones.
            share.InAdvance = BlockOf(limits) - share.Leases;
        }

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

        DateTimeOffset utcNow = timeProvider.GetUtcNow();
        if (counts)
        {
            Add(_answered, RoundUp(utcNow, limits.RequestsPerMinute), 1);
            ReportWithin(LagOf(limits));
        }
        else if (isLeased && !IsFree(limits))
        {
            Share share = ShareOf(limits);
            share.Leases++;
            share.UsedAt = Now;
        }
        else
        {
            Add(_dayChanges, DayOf(utcNow), -1);
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

        int held = _underWay;
        TimeSpan due = _reportAt;
        foreach (Share share in _shares.Values)
        {
            held += share.Leases;
            due = share.Wanted > 0 && share.AskAgainAt < due ? share.AskAgainAt : due;
            due = share.Leases > 0 && share.UsedAt + LeaseIdle < due ? share.UsedAt + LeaseIdle : due;
        }

        due = held > 0 && _exchangedAt + Heartbeat < due ? _exchangedAt + Heartbeat : due;
        if (due == Never)
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
        (QuotaLimits Limits, Share Share)? wish = null;
        foreach ((QuotaLimits limits, Share share) in _shares)
        {
            bool isIdle = share.Wanted == 0 && share.UsedAt + LeaseIdle <= Now;
            if (share.Leases > 0 && (isLast || isIdle || !IsGood(share)))
            {
                GiveBack(share);
            }

            if (share.Wanted > 0 && (wish is null || share.AskAgainAt < wish.Value.Share.AskAgainAt))
            {
                wish = (limits, share);
            }
        }

        if (isLast && _underWay > 0)
        {
            // Their connections end with the process; the service may have counted them.
            Add(_answered, RoundUp(timeProvider.GetUtcNow(), 1), _underWay);
        }

        LedgerReport report = new()
        {
            Answered = _answered,
            Held = isLast ? 0 : Held,
            DayChanges = _dayChanges,
            Wanted = isLast || wish is not { } wanting ? 0 : Math.Min(MaxWanted, Math.Max(wanting.Share.Wanted, BlockOf(wanting.Limits) - wanting.Share.Leases)),
            Limits = wish?.Limits ?? QuotaLimits.None,
            IsLast = isLast,
        };
        _answered = [];
        _dayChanges = [];
        _reportAt = Never;
        _began = (Now, timeProvider.GetUtcNow());
        return report;
    }

    /// <summary>The ledger was told, and answered.</summary>
    internal void Apply(LedgerReport report, LedgerReply reply)
    {
        _isFailing = false;
        Exchanged(_began.At, _began.Utc);
        if (report.Wanted == 0)
        {
            return;
        }

        TimeSpan now = Now;
        Share share = ShareOf(report.Limits);
        share.Leases += reply.Granted;
        share.Day = reply.Day;
        share.LeftToday = reply.LeftToday;
        share.UsedAt = now;
        share.InAdvance = 0;
        share.FreeAt = reply.NextFree is { } free ? now + free : null;
        share.SpentUntil = reply.IsDaySpent ? now + PollPause : TimeSpan.Zero;
        share.AskAgainAt = TimeSpan.Zero;
        if (reply.Granted < report.Wanted)
        {
            // Where only this process's own places are in the way, their end brings the next exchange; this is the latest.
            bool mayChange = reply.OthersHold || reply.IsDaySpent;
            TimeSpan next = mayChange && !(reply.NextFree < PollPause) ? PollPause : reply.NextFree ?? Heartbeat;
            share.AskAgainAt = now + (next > ShortestPause ? next : ShortestPause);
        }
    }

    /// <summary>The ledger could not be told. For a while the quota is this process's own; what was to be told is told later.</summary>
    internal void Fail(LedgerReport report, string reason)
    {
        Note(reason);
        _isFailing = true;
        _retryAt = Now + RetryAfter;

        // An answer that has left the window meanwhile is nothing to tell any more.
        long tooOld = RoundUp(timeProvider.GetUtcNow() - SlidingWindow.Length, 1);
        foreach ((long at, int count) in report.Answered.Where(answer => answer.Key > tooOld))
        {
            Add(_answered, at, count);
        }

        foreach ((int day, int change) in report.DayChanges)
        {
            Add(_dayChanges, day, change);
        }

        foreach (Share share in _shares.Values)
        {
            GiveBack(share);
            share.AskAgainAt = TimeSpan.Zero;
            share.FreeAt = null;
        }

        ReportWithin(RetryAfter);
    }

    /// <summary>Remembers why the quota is not shared; the first reason is the one that people are told.</summary>
    internal void Note(string reason) => Problem ??= $"The quota is not shared with other processes for now. {reason}";

    /// <summary>What this process's own requests add to what the ledger says. Only while no exchange is under way.</summary>
    internal (int InWindow, int Today) OwnUse()
    {
        int today = _dayChanges.GetValueOrDefault(DayOf(timeProvider.GetUtcNow()));
        foreach (Share share in _shares.Values)
        {
            today -= share.Leases;
        }

        return (_underWay + _answered.Values.Sum(), today);
    }

    /// <summary>The number of a day since 1970 (UTC).</summary>
    internal static int DayOf(DateTimeOffset time) => (int)(time.ToUnixTimeMilliseconds() / (24 * 60 * 60 * 1000));

    /// <summary>
    /// A moment in milliseconds, rounded up: a place that is held a little longer exceeds nothing. Large limits count in tenths of a
    /// second, so that a window has no more than 600 rows.
    /// </summary>
    private static long RoundUp(DateTimeOffset time, int requestsPerMinute)
    {
        int step = requestsPerMinute is > 0 and <= 600 ? 1 : 100;
        long stepTicks = step * TimeSpan.TicksPerMillisecond;
        return (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks + stepTicks - 1) / stepTicks * step;
    }

    /// <summary>How many permits are taken at once.</summary>
    private static int BlockOf(QuotaLimits limits)
    {
        int smaller = limits.RequestsPerMinute == 0 ? limits.RequestsPerDay
            : limits.RequestsPerDay == 0 ? limits.RequestsPerMinute
            : Math.Min(limits.RequestsPerMinute, limits.RequestsPerDay);
        return Math.Clamp(smaller / 200, 1, MaxBlock);
    }

    /// <summary>How long the ledger may wait to be told: not at all where each place is precious.</summary>
    private static TimeSpan LagOf(QuotaLimits limits) =>
        limits == QuotaLimits.None ? TimeSpan.FromSeconds(1)
        : BlockOf(limits) <= 3 ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(100);

    private static void Add<T>(Dictionary<T, int> counts, T key, int count)
        where T : notnull => CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += count;

    /// <summary>Whether the ledger is not asked for leave, and only told afterwards.</summary>
    private bool IsFree(QuotaLimits limits) => Ledger is null || _isFailing || limits == QuotaLimits.None;

    private bool IsGood(Share share)
    {
        DateTimeOffset utcNow = timeProvider.GetUtcNow();
        return Now - _exchangedAt <= LeaseLife && utcNow - _exchangedAtUtc <= LeaseLife && DayOf(utcNow) == share.Day;
    }

    private void GiveBack(Share share)
    {
        if (share.Leases > 0)
        {
            Add(_dayChanges, share.Day, -share.Leases);
            share.Leases = 0;

            // What the ledger said when they were in the way does not hold any more.
            share.AskAgainAt = TimeSpan.Zero;
            share.FreeAt = null;
            ReportWithin(TimeSpan.Zero);
        }
    }

    private void ReportWithin(TimeSpan lag)
    {
        TimeSpan at = Now + lag;
        _reportAt = at < _reportAt ? at : _reportAt;
    }

    private void Exchanged(TimeSpan at, DateTimeOffset utc)
    {
        _exchangedAt = at;
        _exchangedAtUtc = utc;
    }

    private Share ShareOf(QuotaLimits limits)
    {
        if (!_shares.TryGetValue(limits, out Share? share))
        {
            _shares.Add(limits, share = new Share());
        }

        return share;
    }

    /// <summary>
    /// The permits under some limits. Jobs of one key may have been told different limits: a permit that was given under a larger one is
    /// none under a smaller one.
    /// </summary>
    private sealed class Share
    {
        internal int Leases { get; set; }

        /// <summary>On which day they are counted.</summary>
        internal int Day { get; set; }

        /// <summary>How many that day holds beyond them.</summary>
        internal int? LeftToday { get; set; }

        internal TimeSpan UsedAt { get; set; }

        internal int Waiting { get; set; }

        internal int InAdvance { get; set; }

        internal int Wanted => Math.Max(Waiting, InAdvance);

        internal TimeSpan AskAgainAt { get; set; }

        internal TimeSpan? FreeAt { get; set; }

        internal TimeSpan SpentUntil { get; set; }
    }
}
