namespace IocEnrich.Engine.Ledger;

/// <summary>
/// The leases in hand under some limits, and those that are wanted. Jobs of one key may have been told different limits: a lease that
/// was given under a larger one is none under a smaller one. Moments are those of <see cref="LedgerClient"/>'s clock. Not thread-safe.
/// </summary>
internal sealed class LeaseBlock(QuotaLimits limits)
{
    /// <summary>How many leases are in hand.</summary>
    internal int Leases { get; private set; }

    /// <summary>On which day they are counted.</summary>
    internal int Day { get; private set; }

    /// <summary>How many that day holds beyond them.</summary>
    internal int? LeftToday { get; private set; }

    /// <summary>How many requests wait for a lease, and for nothing else.</summary>
    internal int Waiting { get; set; }

    /// <summary>When the ledger may be asked again.</summary>
    internal TimeSpan AskAgainAt { get; private set; }

    /// <summary>When the ledger said that there is a place; <see langword="null"/> if it did not.</summary>
    internal TimeSpan? FreeAt { get; private set; }

    /// <summary>Until when the ledger's word is good that the day holds no more.</summary>
    internal TimeSpan SpentUntil { get; private set; }

    /// <summary>Whether somebody waits for leases, or soon will.</summary>
    internal bool IsWanting => Math.Max(Waiting, InAdvance) > 0;

    /// <summary>How many leases the ledger is asked for.</summary>
    internal int Wish =>
        Math.Min(LedgerRules.MaxWanted, Math.Max(Math.Max(Waiting, InAdvance), LedgerRules.BlockOf(limits) - Leases));

    /// <summary>When leases in hand go back that nobody has needed.</summary>
    internal TimeSpan IdleAt => UsedAt + LedgerRules.LeaseIdle;

    private int InAdvance { get; set; }

    private TimeSpan UsedAt { get; set; }

    /// <summary>A lease is used.</summary>
    internal void Use(TimeSpan now)
    {
        Leases--;
        UsedAt = now;
        int block = LedgerRules.BlockOf(limits);
        if (Leases < block / 2)
        {
            // So that nobody has to wait for the next ones.
            InAdvance = block - Leases;
        }
    }

    /// <summary>A lease was not needed after all.</summary>
    internal void TakeBack(TimeSpan now)
    {
        Leases++;
        UsedAt = now;
    }

    /// <summary>Lays down what is in hand.</summary>
    /// <returns>How many leases that was.</returns>
    internal int LayDown()
    {
        int leases = Leases;
        Leases = 0;
        return leases;
    }

    /// <summary>What the ledger said about the wait does not hold any more.</summary>
    internal void ForgetWait()
    {
        AskAgainAt = TimeSpan.Zero;
        FreeAt = null;
    }

    /// <summary>The ledger has answered the wish for so many leases.</summary>
    internal void Apply(int wanted, LedgerReply reply, TimeSpan now)
    {
        Leases += reply.Granted;
        Day = reply.Day;
        LeftToday = reply.LeftToday;
        UsedAt = now;
        InAdvance = 0;
        FreeAt = reply.NextFree is { } free ? now + free : null;
        SpentUntil = reply.IsDaySpent ? now + LedgerRules.PollPause : TimeSpan.Zero;
        AskAgainAt = TimeSpan.Zero;
        if (reply.Granted < wanted)
        {
            // Where only this process's own places are in the way, their end brings the next exchange; this is the latest.
            bool mayChange = reply.OthersHold || reply.IsDaySpent;
            TimeSpan next = mayChange && !(reply.NextFree < LedgerRules.PollPause) ? LedgerRules.PollPause : reply.NextFree ?? LedgerRules.Heartbeat;
            AskAgainAt = now + (next > LedgerRules.ShortestPause ? next : LedgerRules.ShortestPause);
        }
    }
}
