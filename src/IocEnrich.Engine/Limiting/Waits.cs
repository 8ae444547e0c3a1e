namespace IocEnrich.Engine.Limiting;

/// <summary>Waits that may be <see cref="Timeout.InfiniteTimeSpan"/>, which compares as if it were the shortest and is the longest.</summary>
internal static class Waits
{
    internal static TimeSpan Longer(TimeSpan one, TimeSpan other) =>
        one == Timeout.InfiniteTimeSpan || (other != Timeout.InfiniteTimeSpan && one > other) ? one : other;

    internal static TimeSpan Shorter(TimeSpan one, TimeSpan other) =>
        one == Timeout.InfiniteTimeSpan || (other != Timeout.InfiniteTimeSpan && other < one) ? other : one;
}
