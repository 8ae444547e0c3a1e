using System.Globalization;
using IocEnrich.Engine.Limiting;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Forecasting;

/// <summary>Counts out how long a list takes: burst by burst within a day, day by day within a month.</summary>
internal static class LookupPlan
{
    private const int MostDays = 36_525;

    /// <summary>Estimates the time, the runs and what can be looked up today.</summary>
    /// <param name="count">How many indicators: 1 or more.</param>
    /// <param name="view">What is left here, under the limits that jobs go by.</param>
    /// <param name="service">What the service says, where it does; the smaller of two figures counts.</param>
    /// <param name="now">The time of it.</param>
    internal static LookupEstimate Of(int count, QuotaSnapshot view, ProviderQuota? service, DateTimeOffset now)
    {
        int perMinute = PerMinuteOf(view.Limits, service);
        long? perDay = Least(view.Limits.RequestsPerDay > 0 ? view.Limits.RequestsPerDay : null, Caps(service?.Day, static usage => usage.Allowed));
        long? perMonth = Caps(service?.Month, static usage => usage.Allowed);
        long? dayLeft = Least(view.LeftToday, Caps(service?.Day, static usage => usage.Left));
        long? monthLeft = Caps(service?.Month, static usage => usage.Left);

        QuotaPace pace = new(perMinute, now, perMinute == 0 ? count : Math.Min(view.Room, perMinute), view.NextAt);
        DateTimeOffset dayEnds = view.DayEnds;
        int unsent = count;
        int today = 0;
        int runs = 0;
        bool isRunning = false;
        for (int day = 0; day < MostDays; day++)
        {
            long budget = Least(dayLeft, monthLeft) ?? long.MaxValue;
            long possible = pace.CountBefore(dayEnds);
            int sent = (int)Math.Min(unsent, Math.Min(budget, possible));
            today = day == 0 ? sent : today;
            runs += sent > 0 && !isRunning ? 1 : 0;
            if (sent == unsent)
            {
                DateTimeOffset finish = pace.TimeOf(sent);
                return new LookupEstimate
                {
                    Count = count, Duration = TimeSpan.FromSeconds(Math.Ceiling(Math.Max((finish - now).TotalSeconds, 0))), FinishBy = finish, Today = today, Runs = runs, Limits = Words(perMinute, perDay, perMonth),
                };
            }

            unsent -= sent;
            monthLeft -= sent;

            // A job waits for the next minute, and over midnight; a budget that is used up ends it.
            isRunning = budget > possible;
            pace = QuotaPace.From(dayEnds, perMinute);
            monthLeft = dayEnds.Day == 1 ? perMonth : monthLeft;
            dayLeft = perDay;
            dayEnds = dayEnds.AddDays(1);
        }

        return new LookupEstimate
        {
            Count = count, Duration = TimeSpan.FromDays(MostDays), FinishBy = null, Today = today, Runs = runs, Limits = Words(perMinute, perDay, perMonth),
        };
    }

    // The service counts by the hour what jobs count by the minute.
    private static int PerMinuteOf(QuotaLimits limits, ProviderQuota? service)
    {
        long? ofHour = Caps(service?.Hour, static usage => usage.Allowed) is { } hour ? Math.Max(hour / 60, 1) : null;
        return (int)(Least(limits.RequestsPerMinute > 0 ? limits.RequestsPerMinute : null, ofHour) ?? 0);
    }

    /// <summary>A figure of the key or of its group, whichever is less.</summary>
    private static long? Caps(QuotaUsage? usage, Func<QuotaUsage, long?> figure) =>
        usage is null ? null : Least(figure(usage), usage.Group is { } group ? figure(group) : null);

    private static long? Least(long? one, long? other) => one is null || other < one ? other : one;

    private static string Words(int perMinute, long? perDay, long? perMonth)
    {
        string[] limits =
        [
            .. perMinute > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{perMinute:N0} a minute")] : Array.Empty<string>(),
            .. perDay is { } day ? [string.Create(CultureInfo.InvariantCulture, $"{day:N0} a day")] : Array.Empty<string>(),
            .. perMonth is { } month ? [string.Create(CultureInfo.InvariantCulture, $"{month:N0} a month")] : Array.Empty<string>(),
        ];
        return limits.Length switch
        {
            0 => "no limit",
            1 => limits[0],
            _ => $"{string.Join(", ", limits[..^1])} and {limits[^1]}",
        };
    }
}
