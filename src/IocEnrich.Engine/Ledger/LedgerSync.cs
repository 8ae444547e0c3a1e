using IocEnrich.Engine.Redaction;

namespace IocEnrich.Engine.Ledger;

/// <summary>
/// Carries what the limiter has to tell to the ledger, and brings back what it answers: on a thread of the pool, one exchange at a time, and
/// never under the limiter's lock, so that a slow disk holds nobody who has a lease already.
/// </summary>
/// <param name="shared">What is told. It is only touched under <paramref name="limiterLock"/>.</param>
/// <param name="limiterLock">The limiter's lock.</param>
/// <param name="onReply">Called under the lock when the ledger has answered.</param>
internal sealed class LedgerSync(LedgerClient shared, object limiterLock, Action onReply)
{
    // How long the end of the process waits for an exchange that is under way.
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    // Held during an exchange; taken before the limiter's lock, never after it.
    private readonly object _exchange = new();

    /// <summary>Whether an exchange has been started and has not ended. To be asked under the limiter's lock.</summary>
    internal bool IsUnderWay { get; private set; }

    /// <summary>Starts an exchange if one is due. To be called under the limiter's lock.</summary>
    /// <returns>In what time the next one is due; infinite where one is under way, which looks again at its end.</returns>
    internal TimeSpan StartIfDue()
    {
        TimeSpan due = IsUnderWay ? Timeout.InfiniteTimeSpan : shared.DueIn();
        if (due != TimeSpan.Zero)
        {
            return due;
        }

        IsUnderWay = true;
        ThreadPool.UnsafeQueueUserWorkItem(static sync => sync.Run(), this, preferLocal: false);
        return Timeout.InfiniteTimeSpan;
    }

    /// <summary>What the key has used, by all processes; <see langword="null"/> if there is no ledger, or it cannot be read.</summary>
    internal (int InWindow, int Today)? ReadUse()
    {
        lock (_exchange)
        {
            IQuotaLedger? ledger;
            int ownInWindow;
            int ownToday;
            lock (limiterLock)
            {
                ledger = shared.Ledger;
                (ownInWindow, ownToday) = shared.OwnUse();
            }

            if (ledger is null)
            {
                return null;
            }

            try
            {
                (int inWindow, int today) = ledger.Read();
                return (inWindow + ownInWindow, Math.Max(today + ownToday, 0));
            }
#pragma warning disable CA1031 // It is not swallowed: it is the account's problem, which people are shown.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                lock (limiterLock)
                {
                    shared.Note(ForeignText.Clean(exception.Message, DisplayText.MaxMessageLength));
                }

                return null;
            }
        }
    }

    /// <summary>Tells the ledger that this process ends: what it has not used is free for the others at once.</summary>
    internal void Settle()
    {
        if (!Monitor.TryEnter(_exchange, LastPatience))
        {
            return;
        }

        try
        {
            Exchange(isLast: true);
        }
        finally
        {
            Monitor.Exit(_exchange);
        }
    }

    private void Run()
    {
        lock (_exchange)
        {
            Exchange(isLast: false);
        }
    }

    private void Exchange(bool isLast)
    {
        LedgerReport report;
        IQuotaLedger? ledger;
        lock (limiterLock)
        {
            ledger = shared.Ledger;
            if (ledger is null)
            {
                return;
            }

            report = shared.TakeReport(isLast);
        }

        LedgerReply? reply = null;
        string? problem = null;
        try
        {
            reply = ledger.Exchange(report);
        }
#pragma warning disable CA1031 // It is not swallowed: it is the account's problem, which people are shown. A ledger must never end a job.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            problem = ForeignText.Clean(exception.Message, DisplayText.MaxMessageLength);
        }

        lock (limiterLock)
        {
            // Where there is another ledger meanwhile, this one's leases are none.
            if (ReferenceEquals(ledger, shared.Ledger))
            {
                Conclude(report, reply, problem);
            }

            // What settles the last accounts is no part of the rounds that this flag is about.
            IsUnderWay &= isLast;
            onReply();
        }
    }

    private void Conclude(LedgerReport report, LedgerReply? reply, string? problem)
    {
        if (reply is not null)
        {
            shared.Apply(report, reply);
        }
        else
        {
            shared.Fail(report, problem!);
        }
    }
}
