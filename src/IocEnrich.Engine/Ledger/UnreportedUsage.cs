using System.Runtime.InteropServices;

namespace IocEnrich.Engine.Ledger;

/// <summary>What this process did that the ledger has yet to be told, and when it is told at the latest. Not thread-safe.</summary>
internal sealed class UnreportedUsage
{
    private Dictionary<long, int> _answered = [];
    private Dictionary<int, int> _dayChanges = [];

    /// <summary>When it is told at the latest; <see cref="TimeSpan.MaxValue"/> where there is nothing to say.</summary>
    internal TimeSpan TellAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>How many requests have ended.</summary>
    internal int Answers => _answered.Values.Sum();

    /// <summary>What the use of a day changes by.</summary>
    internal int ChangeOf(int day) => _dayChanges.GetValueOrDefault(day);

    /// <summary>See <see cref="LedgerReport.Answered"/>.</summary>
    internal void AddAnswers(long at, int count) => Add(_answered, at, count);

    /// <summary>See <see cref="LedgerReport.DayChanges"/>.</summary>
    internal void ChangeDay(int day, int change) => Add(_dayChanges, day, change);

    /// <summary>The ledger is told at this moment, or before.</summary>
    internal void TellBy(TimeSpan moment) => TellAt = moment < TellAt ? moment : TellAt;

    /// <summary>Takes all of it: there is nothing to say any more.</summary>
    internal (Dictionary<long, int> Answered, Dictionary<int, int> DayChanges) Take()
    {
        (Dictionary<long, int> answered, Dictionary<int, int> dayChanges) = (_answered, _dayChanges);
        (_answered, _dayChanges, TellAt) = ([], [], TimeSpan.MaxValue);
        return (answered, dayChanges);
    }

    /// <summary>The ledger could not be told: it is to be told later.</summary>
    /// <param name="report">What was taken.</param>
    /// <param name="window">An answer that was given at this moment or before has left the window, and is nothing to tell any more.</param>
    internal void PutBack(LedgerReport report, long window)
    {
        foreach ((long at, int count) in report.Answered.Where(answer => answer.Key > window))
        {
            AddAnswers(at, count);
        }

        foreach ((int day, int change) in report.DayChanges)
        {
            ChangeDay(day, change);
        }
    }

    private static void Add<T>(Dictionary<T, int> counts, T key, int count)
        where T : notnull => CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += count;
}
