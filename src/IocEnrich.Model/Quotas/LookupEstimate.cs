using System.Globalization;

namespace IocEnrich;

/// <summary>How long a list takes under the limits, if the key is not used elsewhere and each indicator costs one request.</summary>
public sealed record LookupEstimate
{
    /// <summary>The number of indicators to look up.</summary>
    public required int Count { get; init; }

    /// <summary>The duration under the limits, in whole seconds, without the time of the last responses.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>When the last request can be sent (UTC); <see langword="null"/> if that is more than a hundred years away.</summary>
    public DateTimeOffset? FinishBy { get; init; }

    /// <summary>How many indicators can be looked up before the day (UTC) ends.</summary>
    public required int Today { get; init; }

    /// <summary>How many times the list must be started: 1, plus one for each time that a daily or monthly quota ends the job.</summary>
    public required int Runs { get; init; }

    /// <summary>The limits of the estimate, in words.</summary>
    public required string Limits { get; init; }

    /// <summary>The estimate in whole sentences.</summary>
    public override string ToString()
    {
        string count = string.Create(CultureInfo.InvariantCulture, $"{Count:N0} lookup{(Count == 1 ? "" : "s")}");
        if (FinishBy is not { } finish)
        {
            return $"{count} would take more than a hundred years at {Limits}.";
        }

        if (Duration == TimeSpan.Zero)
        {
            return $"{count} can be sent now, as fast as the service answers ({Limits}).";
        }

        string takes = string.Create(CultureInfo.InvariantCulture, $"{count} take{(Count == 1 ? "s" : "")} {Words(Duration)} at {Limits}: until {finish.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
        return Runs == 1
            ? takes
            : string.Create(CultureInfo.InvariantCulture, $"{takes} {Today:N0} of them today. A used-up daily quota ends the job, so start the same list {Runs:N0} times: {(Today > 0 ? "now, and again" : "each time")} after 00:00 UTC.");
    }

    private static string Words(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.Days:N0} days {time.Hours} h"),
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"1 day {time.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(Math.Ceiling(time.TotalSeconds), 1):0} s"),
    };
}
