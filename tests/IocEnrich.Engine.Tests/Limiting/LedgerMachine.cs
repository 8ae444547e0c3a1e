using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Limiting;

/// <summary>
/// One machine on a fake clock: a ledger in a real file, and processes that share nothing but that file. It notes when each request was
/// sent, as the service would. The clock stands still while a gate has something to do, however long that takes.
/// </summary>
internal sealed class LedgerMachine : IDisposable
{
    internal static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("IocEnrich.Ledger.");
    private readonly List<SqliteLedger> _ledgers = [];
    private readonly List<LedgerProcess> _processes = [];
    private readonly List<DateTimeOffset> _sent = [];
    private readonly StoreFile _store;

    internal LedgerMachine() => _store = StoreFile.Open(Path.Combine(_folder.FullName, "store.db"));

    internal FakeTimeProvider Time { get; } = NewClock();

    /// <summary>How long the service takes to answer.</summary>
    internal TimeSpan Latency { get; set; }

    internal int Sent => _sent.Count;

    internal static FakeTimeProvider NewClock() => new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    /// <summary>A process with nothing in hand, as after its start.</summary>
    /// <param name="clock">Its own clock, where it is not the machine's.</param>
    /// <param name="ledger">What stands between it and the file.</param>
    internal LedgerProcess StartProcess(FakeTimeProvider? clock = null, Func<IQuotaLedger, IQuotaLedger>? ledger = null)
    {
        SqliteLedger book = new(_store, [1, 2, 3], clock ?? Time);
        _ledgers.Add(book);
        LedgerProcess process = new(this, clock ?? Time, ledger?.Invoke(book) ?? book);
        _processes.Add(process);
        return process;
    }

    /// <summary>Lets time run until the processes have asked all they wanted to. Returns how much of it passed.</summary>
    internal TimeSpan RunUntil(params LedgerProcess[] processes)
    {
        DateTimeOffset start = Time.GetUtcNow();
        for (Settle(); !processes.All(static process => process.IsDone); Settle())
        {
            Assert.True(Time.GetUtcNow() - start < TimeSpan.FromHours(1), "The processes do not come to an end.");
            Time.Advance(Step);
        }

        return Time.GetUtcNow() - start;
    }

    internal void Run(TimeSpan time)
    {
        DateTimeOffset end = Time.GetUtcNow() + time;
        for (Settle(); Time.GetUtcNow() < end; Settle())
        {
            Time.Advance(Step);
        }
    }

    /// <summary>Lets happen what happens without time going on.</summary>
    internal void Settle()
    {
        SpinWait spin = default;
        while (!_processes.TrueForAll(static process => process.Settle()))
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>The most requests in any 60 seconds.</summary>
    internal int LargestWindow()
    {
        int largest = 0;
        for (int first = 0, last = 0; last < _sent.Count; last++)
        {
            while (_sent[last] - _sent[first] >= TimeSpan.FromSeconds(60))
            {
                first++;
            }

            largest = Math.Max(largest, last - first + 1);
        }

        return largest;
    }

    public void Dispose()
    {
        _ledgers.ForEach(static ledger => ledger.Dispose());
        _folder.Delete(recursive: true);
    }

    internal void Send() => _sent.Add(Time.GetUtcNow());
}
