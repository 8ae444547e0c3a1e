namespace IocEnrich.Engine.Ledger;

/// <summary>
/// The account book of one key at one endpoint. All processes of this machine that use the key keep it together, so that the minute's
/// window and the day's budget hold across sessions, processes and restarts. Not thread-safe: the limiter asks one thing at a time.
/// </summary>
internal interface IQuotaLedger
{
    /// <summary>
    /// Writes down what this process did since the last time, and takes leases, in one step that no other process can come between.
    /// Reads and writes a file, and may wait for other processes.
    /// </summary>
    /// <exception cref="Exception">Nothing was written down; the message is for people.</exception>
    LedgerReply Exchange(LedgerReport report);

    /// <summary>What the key has used, this process's own places excepted.</summary>
    /// <returns>The places that are taken in the current window, and the requests of today (UTC).</returns>
    (int InWindow, int Today) Read();
}

/// <summary>What a process tells the ledger.</summary>
internal sealed record LedgerReport
{
    /// <summary>
    /// Requests that have ended, and that the service may have counted: when (milliseconds since 1970, UTC), and how many. Each keeps its
    /// place in the window for 60 seconds from then on.
    /// </summary>
    public required IReadOnlyDictionary<long, int> Answered { get; init; }

    /// <summary>How many places this process holds: its requests that are under way, and its leases that are not used yet.</summary>
    public required int Held { get; init; }

    /// <summary>
    /// What the use of a day (its number since 1970, UTC) changes by: requests that needed no lease of the ledger's, less leases that
    /// were not used.
    /// </summary>
    public required IReadOnlyDictionary<int, int> DayChanges { get; init; }

    /// <summary>How many leases are wanted, from 0.</summary>
    public required int Wanted { get; init; }

    /// <summary>Under which limits they are wanted.</summary>
    public required QuotaLimits Limits { get; init; }

    /// <summary>Whether the process is about to end: then nobody waits for long.</summary>
    public bool IsLast { get; init; }
}

/// <summary>What the ledger answers.</summary>
internal sealed record LedgerReply
{
    /// <summary>How many leases there are: at most as many as were wanted.</summary>
    public required int Granted { get; init; }

    /// <summary>On which day (its number since 1970, UTC) they are counted.</summary>
    public required int Day { get; init; }

    /// <summary>Whether it is the day's budget that leaves no more.</summary>
    public bool IsDaySpent { get; init; }

    /// <summary>How many the day holds beyond these; <see langword="null"/> for no limit.</summary>
    public int? LeftToday { get; init; }

    /// <summary>
    /// When the window has room again because answers leave it; <see langword="null"/> if requests that are under way hold the places.
    /// </summary>
    public TimeSpan? NextFree { get; init; }

    /// <summary>Whether other processes hold places that they may give back at any time.</summary>
    public bool OthersHold { get; init; }
}
