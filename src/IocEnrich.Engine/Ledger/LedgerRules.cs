namespace IocEnrich.Engine.Ledger;

/// <summary>
/// What all processes that keep a ledger together go by: how long a word is good, how many leases are taken at once, and how moments and
/// days are counted.
/// </summary>
internal static class LedgerRules
{
    /// <summary>
    /// Leases in hand are void where this process had no exchange for so long: it was suspended, and the others may have taken it for
    /// dead. Shorter than <see cref="HolderLife"/>, so that no place is used twice.
    /// </summary>
    internal static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(10);

    /// <summary>A process that was not heard of for so long is taken for dead.</summary>
    internal static readonly TimeSpan HolderLife = TimeSpan.FromSeconds(15);

    /// <summary>How often a process that holds places says that it lives.</summary>
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>How long a ledger that could not be used is left alone.</summary>
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>Leases that nobody has needed for so long go back to the others.</summary>
    internal static readonly TimeSpan LeaseIdle = TimeSpan.FromMilliseconds(500);

    /// <summary>How often somebody asks again whose places are held by requests of other processes.</summary>
    internal static readonly TimeSpan PollPause = TimeSpan.FromSeconds(1);

    /// <summary>Many processes wait for the same place: those that missed it do not come back sooner than this.</summary>
    internal static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>How many leases are wanted at most in one exchange.</summary>
    internal const int MaxWanted = 1024;

    private const int MaxBlock = 256;

    /// <summary>How many leases are taken at once.</summary>
    internal static int BlockOf(QuotaLimits limits)
    {
        int smaller = limits.RequestsPerMinute == 0 ? limits.RequestsPerDay
            : limits.RequestsPerDay == 0 ? limits.RequestsPerMinute
            : Math.Min(limits.RequestsPerMinute, limits.RequestsPerDay);
        return Math.Clamp(smaller / 200, 1, MaxBlock);
    }

    /// <summary>How long the ledger may wait to be told: not at all where each place is precious.</summary>
    internal static TimeSpan LagOf(QuotaLimits limits) =>
        limits == QuotaLimits.None ? TimeSpan.FromSeconds(1)
        : BlockOf(limits) <= 3 ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A moment in milliseconds since 1970 (UTC), rounded up: a place that is held a little longer exceeds nothing. Large limits count in
    /// tenths of a second, so that a window has no more than 600 rows.
    /// </summary>
    internal static long RoundUp(DateTimeOffset time, int requestsPerMinute)
    {
        int step = requestsPerMinute is > 0 and <= 600 ? 1 : 100;
        long stepTicks = step * TimeSpan.TicksPerMillisecond;
        return (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks + stepTicks - 1) / stepTicks * step;
    }

    /// <summary>The number of a day since 1970 (UTC).</summary>
    internal static int DayOf(DateTimeOffset time) => (int)(time.ToUnixTimeMilliseconds() / (24 * 60 * 60 * 1000));
}
