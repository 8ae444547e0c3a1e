using System.Security.Cryptography;
using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Ledger;

/// <summary>The account book of one key, in the store's file.</summary>
/// <remarks>
/// An exchange is one transaction that has the file's write lock from its beginning, so that what it counts is what holds when it is
/// written. The file is opened by the first one, not when a job starts.
/// </remarks>
/// <param name="identity">What tells this key and endpoint from others: a hash, never the key. Only its keyed hash is written.</param>
/// <param name="timeProvider">The clock; all processes must have the same wall clock.</param>
internal sealed class SqliteLedger(StoreFile store, byte[] identity, TimeProvider timeProvider) : IQuotaLedger, IDisposable
{
    private const int DaysKept = 62;
    private const int MillisecondsADay = 24 * 60 * 60 * 1000;

    // A clock that was set back by less is left alone: so much are moments rounded.
    private const int ClockTolerance = 1000;

    private static readonly long Window = (long)QuotaLimits.Window.TotalMilliseconds;
    private static readonly long HolderLife = (long)LedgerRules.HolderLife.TotalMilliseconds;

    // One for each process and account, and a new one after each restart.
    private readonly long _holder = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    private LedgerTables? _file;

    /// <inheritdoc/>
    public LedgerReply Exchange(LedgerReport report) => Use(
        file =>
        {
            long now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            BringUpToDate(file, now);
            WriteDown(file, report, now);
            return Grant(file, report, now);
        },
        report.IsLast);

    /// <inheritdoc/>
    public (int InWindow, int Today) Read() => Use(
        file =>
        {
            long now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            BringUpToDate(file, now);
            return (Saturate(file.Answered() + file.HeldByOthers(_holder)), Saturate(file.UsedOn(now / MillisecondsADay)));
        },
        isHasty: false);

    /// <summary>Closes the file; it is opened anew where it is needed again. Not while it is used.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>What time has done since somebody looked last.</summary>
    private void BringUpToDate(LedgerTables file, long now)
    {
        if (file.LastAnswer() > now + ClockTolerance)
        {
            // The clock was set back. These answers came before now, whatever they say.
            long later = file.ForgetAnswersAfter(now + ClockTolerance);
            file.AddAnswers(now, later);
        }

        file.NoHolderIsAliveAfter(now, ClockTolerance);
        file.ForgetAnswersUntil(now - Window);
        foreach ((long holder, long held, long aliveAt) in file.OthersSilentSince(now - HolderLife, _holder))
        {
            // Its requests were sent, as far as anybody knows, and none after its death.
            file.Release(holder);
            if (aliveAt + HolderLife > now - Window)
            {
                file.AddAnswers(aliveAt + HolderLife, held);
            }
        }
    }

    private static void WriteDown(LedgerTables file, LedgerReport report, long now)
    {
        foreach ((long at, int count) in report.Answered)
        {
            if (at > now - Window)
            {
                file.AddAnswers(at, count);
            }
        }

        foreach ((int day, int change) in report.DayChanges)
        {
            file.AddToDay(day, change);
        }
    }

    private LedgerReply Grant(LedgerTables file, LedgerReport report, long now)
    {
        long day = now / MillisecondsADay;
        long others = 0;
        long taken = 0;
        long inMinute = report.Wanted;
        long inDay = report.Wanted;
        if (report.Wanted > 0 && report.Limits.RequestsPerMinute > 0)
        {
            others = file.HeldByOthers(_holder);
            taken = file.Answered() + others + report.Held;
            inMinute = report.Limits.RequestsPerMinute - taken;
        }

        if (report.Wanted > 0 && report.Limits.RequestsPerDay > 0)
        {
            inDay = report.Limits.RequestsPerDay - file.UsedOn(day);
        }

        int granted = (int)Math.Max(0, Math.Min(report.Wanted, Math.Min(inMinute, inDay)));
        if (granted > 0)
        {
            file.AddToDay(day, granted);
        }

        file.Hold(_holder, report.Held + granted, now);
        bool isShort = granted < report.Wanted;
        return new LedgerReply
        {
            Granted = granted,
            Day = (int)day,
            IsDaySpent = isShort && inDay <= granted,
            NextFree = isShort && inMinute <= granted ? FreeIn(file, taken + granted + 1 - report.Limits.RequestsPerMinute, now) : null,
            OthersHold = others > 0,
            LeftToday = report.Wanted > 0 && report.Limits.RequestsPerDay > 0 ? (int)Math.Max(inDay - granted, 0) : null,
        };
    }

    private static int Saturate(long count) => (int)Math.Min(count, int.MaxValue);

    /// <summary>In what time so many answers have left the window.</summary>
    private static TimeSpan? FreeIn(LedgerTables file, long answers, long now) =>
        file.MomentOfAnswer(answers) is { } at ? TimeSpan.FromMilliseconds(at + Window - now) : null;

    private T Use<T>(Func<LedgerTables, T> work, bool isHasty)
    {
        try
        {
            _file ??= Open();
            _file.Begin(isHasty);
            T result = work(_file);
            _file.Commit();
            if (isHasty)
            {
                Dispose();
            }

            return result;
        }
        catch (SqliteException exception)
        {
            // What was begun is undone with the connection. The next attempt opens the file anew: it may be another one by then.
            Dispose();
            throw new StoreUnusableException(store.Describe(exception), exception);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private LedgerTables Open()
    {
        LedgerTables file = new(store.Connect());
        try
        {
            file.Begin(isHasty: false);
            file.ChooseAccount(identity);
            file.ForgetDaysBefore((timeProvider.GetUtcNow().ToUnixTimeMilliseconds() / MillisecondsADay) - DaysKept);
            file.Commit();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
