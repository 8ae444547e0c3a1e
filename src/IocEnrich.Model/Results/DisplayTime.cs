using System.Globalization;

namespace IocEnrich;

/// <summary>
/// Times and lengths of time as people read them. What is evidence (when something was seen, analysed, answered) is in UTC and says so;
/// what somebody waits for is on the clock of the machine they sit at.
/// </summary>
public static class DisplayTime
{
    /// <summary>A moment in UTC, to the minute: <c>2026-11-20 14:05 UTC</c>; empty for none.</summary>
    public static string Utc(DateTimeOffset? moment) =>
        moment is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "";

    /// <summary>A moment in UTC with how long ago that is: <c>2026-11-20 14:05 UTC (3 days ago)</c>; empty for none.</summary>
    /// <param name="now">The current time; by default the system's.</param>
    public static string UtcWithAge(DateTimeOffset? moment, DateTimeOffset? now = null)
    {
        if (moment is not { } time)
        {
            return "";
        }

        TimeSpan age = (now ?? DateTimeOffset.UtcNow) - time;
        return age switch
        {
            { Ticks: < 0 } => Utc(time),
            { TotalMinutes: < 1 } => $"{Utc(time)} (just now)",
            _ => $"{Utc(time)} ({Age(age)} ago)",
        };
    }

    /// <summary>
    /// A moment that is near, on a clock: <c>17:45</c> today, <c>Tue 17:45</c> within a week, else <c>2026-12-01 17:45</c>.
    /// </summary>
    /// <param name="now">The current time; by default the system's.</param>
    /// <param name="zone">The time zone; by default the machine's.</param>
    public static string Clock(DateTimeOffset moment, DateTimeOffset? now = null, TimeZoneInfo? zone = null)
    {
        zone ??= TimeZoneInfo.Local;
        DateTime local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        double days = (local.Date - TimeZoneInfo.ConvertTime(now ?? DateTimeOffset.UtcNow, zone).Date).TotalDays;
        return local.ToString(days switch { 0 => "HH:mm", > 0 and < 7 => "ddd HH:mm", _ => "yyyy-MM-dd HH:mm" }, CultureInfo.InvariantCulture);
    }

    /// <summary>A length of time in its one or two largest units: <c>0.8 s</c>, <c>12 s</c>, <c>3 min</c>, <c>2 h 5 min</c>, <c>4 d 3 h</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time.TotalSeconds < 9.95)
        {
            return FormattableString.Invariant($"{time.TotalSeconds:0.#} s");
        }

        (long large, string largeUnit, long small, string smallUnit) = time switch
        {
            { TotalMinutes: < 1 } => ((long)time.TotalSeconds, "s", 0, ""),
            { TotalMinutes: < 10 } => ((long)time.TotalMinutes, "min", time.Seconds, "s"),
            { TotalHours: < 1 } => ((long)time.TotalMinutes, "min", 0, ""),
            { TotalDays: < 2 } => ((long)time.TotalHours, "h", time.Minutes, "min"),
            _ => ((long)time.TotalDays, "d", (long)time.Hours, "h"),
        };
        return small == 0
            ? FormattableString.Invariant($"{large} {largeUnit}")
            : FormattableString.Invariant($"{large} {largeUnit} {small} {smallUnit}");
    }

    /// <summary>How old something is, in one unit: <c>12 seconds</c>, <c>3 days</c>, <c>14 months</c>.</summary>
    public static string Age(TimeSpan age)
    {
        (double count, string unit) = age switch
        {
            { TotalMinutes: < 2 } => (age.TotalSeconds, "second"),
            { TotalHours: < 2 } => (age.TotalMinutes, "minute"),
            { TotalDays: < 2 } => (age.TotalHours, "hour"),
            { TotalDays: < 60 } => (age.TotalDays, "day"),
            { TotalDays: < 730.5 } => (age.TotalDays / 30.4375, "month"),
            _ => (age.TotalDays / 365.25, "year"),
        };
        long whole = (long)count;
        return string.Create(CultureInfo.InvariantCulture, $"{whole} {unit}{(whole == 1 ? "" : "s")}");
    }
}
