using IocEnrich.Engine.Limiting;

namespace IocEnrich.Engine.Forecasting;

/// <summary>When the last of so many requests can be sent under the limits, and how many the day's budget does not cover.</summary>
/// <param name="At">When the last one is sent, or when the budget is found to be used up.</param>
/// <param name="Beyond">How many are not sent, because a day's budget is used up before.</param>
internal readonly record struct QuotaForecast(DateTimeOffset At, int Beyond)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>
    /// Counts it out as the limiter will: bursts of a minute's worth, until the requests or the day's budget are used up. Where the day ends
    /// first, the next day's budget goes on; where the budget ends first, the job ends.
    /// </summary>
    /// <param name="requests">How many are still to be sent.</param>
    /// <param name="view">What the quota holds now.</param>
    /// <param name="now">The time of that.</param>
    internal static QuotaForecast Of(int requests, QuotaSnapshot view, DateTimeOffset now)
    {
        int perMinute = view.Limits.RequestsPerMinute;
        QuotaPace pace = new(perMinute, now, view.Room, view.NextAt);
        if (view.LeftToday is not { } left)
        {
            return new QuotaForecast(pace.TimeOf(requests), 0);
        }

        int unsent = requests;
        for (DateTimeOffset dayEnds = view.DayEnds; ; dayEnds += Day)
        {
            long until = pace.CountBefore(dayEnds);
            if (unsent <= Math.Min(left, until))
            {
                return new QuotaForecast(pace.TimeOf(unsent), 0);
            }

            if (left <= until)
            {
                return new QuotaForecast(pace.TimeOf(left), unsent - left);
            }

            unsent -= (int)until;
            left = view.Limits.RequestsPerDay;
            pace = QuotaPace.From(dayEnds, perMinute);
        }
    }
}
