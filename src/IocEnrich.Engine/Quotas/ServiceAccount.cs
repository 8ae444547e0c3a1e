namespace IocEnrich.Engine.Quotas;

/// <summary>
/// What everybody in this process shares who uses one key at one endpoint: the quota, the pauses, and the requests in flight.
/// </summary>
public sealed class ServiceAccount
{
    /// <summary>An account of which nothing has been used.</summary>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public ServiceAccount(TimeProvider? timeProvider = null)
        : this(timeProvider ?? TimeProvider.System, null)
    {
    }

    internal ServiceAccount(TimeProvider timeProvider, OutagePolicy? outages) => Gate = new KeyGate(timeProvider, outages);

    internal KeyGate Gate { get; }

    internal LookupsInFlight InFlight { get; } = new();
}
