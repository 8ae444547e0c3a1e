using IocEnrich.Engine.Forecasting;
using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Limiting;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Orchestration;

/// <summary>What is to be told of a quota.</summary>
/// <param name="Quota">The figures, as far as they are known.</param>
/// <param name="Error">Why the service did not tell its own; <see langword="null"/> if it did.</param>
/// <param name="LedgerProblem">
/// Why what other processes have used is not in the figures, in a whole sentence; <see langword="null"/> if it is.
/// </param>
public sealed record QuotaReport(EnrichmentQuota Quota, EnrichmentError? Error, string? LedgerProblem)
{
    /// <summary>Asks the service, and looks what is counted here.</summary>
    /// <param name="key">What is counted here.</param>
    /// <param name="service">Who is asked: the host of the endpoint.</param>
    /// <param name="reader">Who asks the service; <see langword="null"/> if it tells nobody its quota.</param>
    /// <param name="limits">The limits that jobs go by.</param>
    /// <param name="count">How many indicators an estimate is wanted for; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Gives the question up.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<QuotaReport> ReadAsync(
        KeyContext key,
        string service,
        IQuotaReader? reader,
        QuotaLimits limits,
        int? count,
        CancellationToken cancellationToken,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(limits);
        ProviderQuotaAnswer? answer = reader is null ? null : await reader.ReadAsync(cancellationToken);
        ProviderQuota? told = answer?.Quota;
        LedgerUsage? shared = key.Limiter.ReadUsage();
        QuotaSnapshot view = WithLedger(key.Limiter.Snapshot(new RequestQueue(limits)), shared);
        EnrichmentQuota quota = new()
        {
            Service = DisplayText.Clean(service),
            Hour = told?.Hour,
            Day = told?.Day,
            Month = told?.Month,
            LocalMinute = LocalUsage(limits.RequestsPerMinute, view.Room, shared?.UsedInWindow),
            LocalDay = LocalUsage(limits.RequestsPerDay, view.LeftToday, shared?.UsedToday) is { } day ? day with { RenewedAt = view.DayEnds } : null,
            Estimate = count is { } wanted ? LookupPlan.Of(wanted, view, told, (timeProvider ?? TimeProvider.System).GetUtcNow()) : null,
            RetrievedAt = told?.RetrievedAt,
        };

        // After the reading, which may have found it out.
        return new QuotaReport(quota, answer?.Error, key.Limiter.LedgerProblem);
    }

    // The limiter learns what others have used when it asks for a lease, and nobody may have asked yet.
    private static QuotaSnapshot WithLedger(QuotaSnapshot view, LedgerUsage? shared)
    {
        if (shared is null)
        {
            return view;
        }

        int perMinute = view.Limits.RequestsPerMinute;
        return view with
        {
            Room = perMinute > 0 ? Math.Clamp(perMinute - shared.UsedInWindow, 0, view.Room) : view.Room,
            LeftToday = view.LeftToday is { } left ? Math.Clamp(view.Limits.RequestsPerDay - shared.UsedToday, 0, left) : null,
        };
    }

    private static QuotaUsage? LocalUsage(int limit, int? left, int? used) => (limit, used) switch
    {
        (0, null) => null,
        (0, { } counted) => new QuotaUsage(null, counted),
        _ => new QuotaUsage(limit, used ?? limit - left!.Value),
    };
}
