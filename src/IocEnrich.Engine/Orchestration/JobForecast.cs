using IocEnrich.Engine.Forecasting;
using IocEnrich.Engine.Limiting;

namespace IocEnrich.Engine.Orchestration;

/// <summary>When a job will have ended: under the limit from what is left and the limits, else from the pace.</summary>
internal static class JobForecast
{
    // Nobody plans beyond it, and a pace near zero would lead out of the calendar.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>The progress with the estimate, where there can be one.</summary>
    internal static EnrichmentProgress AddTo(EnrichmentProgress progress, QuotaSnapshot quota, DateTimeOffset now)
    {
        // A service that is down is back when it is back.
        if (progress.State != EnrichmentJobState.Running || !progress.InputComplete || quota.Wait == QuotaWait.Outage)
        {
            return progress;
        }

        int left = progress.Total - progress.Done;
        int unsent = Math.Max(left - quota.UnderWay, 0);

        // Jobs take turns at the quota: as many others go first as this one has requests.
        QuotaForecast forecast = QuotaForecast.Of((int)Math.Min((long)unsent * quota.Turns, int.MaxValue), quota, now);
        int beyond = Math.Min((forecast.Beyond + quota.Turns - 1) / quota.Turns, unsent);
        DateTimeOffset? end = Later(forecast.At, left - beyond, progress.ResultsPerMinute, quota, now);
        return end is null ? progress : progress with { EstimatedEnd = end, BeyondBudget = beyond };
    }

    /// <summary>Where nothing waits for the quota, it is the pace of the service that counts.</summary>
    private static DateTimeOffset? Later(DateTimeOffset byQuota, int left, double perMinute, QuotaSnapshot quota, DateTimeOffset now)
    {
        if (quota.Wait != QuotaWait.None)
        {
            return byQuota;
        }

        if (perMinute <= 0)
        {
            return quota.Limits.RequestsPerMinute == 0 ? null : byQuota;
        }

        double minutes = Math.Min(left / perMinute, Longest.TotalMinutes);
        DateTimeOffset byPace = now + TimeSpan.FromMinutes(minutes);
        return byPace > byQuota ? byPace : byQuota;
    }
}
