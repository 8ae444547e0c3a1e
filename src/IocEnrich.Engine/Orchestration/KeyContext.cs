using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Limiting;
using IocEnrich.Engine.Resilience;
using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Orchestration;

/// <summary>
/// What everybody in this process shares who uses one key at one endpoint: the quota, the pauses, and the requests in flight.
/// </summary>
public sealed class KeyContext
{
    private readonly TimeProvider _timeProvider;
    private StoreFile? _store;

    /// <summary>A context of which nothing has been used.</summary>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public KeyContext(TimeProvider? timeProvider = null)
        : this(timeProvider ?? TimeProvider.System, null)
    {
    }

    internal KeyContext(TimeProvider timeProvider, CircuitBreakerPolicy? outages)
    {
        _timeProvider = timeProvider;
        Limiter = new RequestLimiter(timeProvider, outages);
    }

    /// <summary>Why the quota was not shared with other processes at some time, in a sentence; <see langword="null"/> if nothing was wrong.</summary>
    public string? LedgerProblem => Limiter.LedgerProblem;

    internal RequestLimiter Limiter { get; }

    internal RequestCoalescer InFlight { get; } = new();

    /// <summary>
    /// What has been used, by all processes of this machine that keep their ledger in the same store; <see langword="null"/> if there is
    /// no ledger, or it cannot be read. It reads a file.
    /// </summary>
    public LedgerUsage? ReadLedger() => Limiter.ReadUsage();

    /// <summary>Shares the quota with all processes that use the same file. Doing so again changes nothing.</summary>
    /// <param name="identity">What tells this key from others there; see <see cref="SqliteLedger"/>.</param>
    internal void AttachLedger(StoreFile store, byte[] identity)
    {
        // A file that was opened anew may be another one under the same name.
        if (!ReferenceEquals(Interlocked.Exchange(ref _store, store), store))
        {
            Limiter.Attach(new SqliteLedger(store, identity, _timeProvider));
        }
    }
}
