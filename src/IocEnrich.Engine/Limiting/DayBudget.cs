namespace IocEnrich.Engine.Limiting;

/// <summary>How many requests this day (UTC) has seen. Not thread-safe.</summary>
internal sealed class DayBudget(TimeProvider timeProvider)
{
    private DateOnly _day;
    private int _used;

    /// <summary>When the next day begins.</summary>
    internal DateTimeOffset ResetsAt => new(Today.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private DateOnly Today => DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);

    /// <summary>Whether the day holds no more requests under a limit; 0 for no limit.</summary>
    internal bool IsSpent(int limit) => limit > 0 && Used >= limit;

    /// <summary>How many requests the day still holds under a limit; <see langword="null"/> for no limit.</summary>
    internal int? Left(int limit) => limit > 0 ? Math.Max(limit - Used, 0) : null;

    internal void Use() => _used = Used + 1;

    /// <summary>A request did not reach the service after all.</summary>
    internal void GiveBack() => _used = Math.Max(Used - 1, 0);

    private int Used
    {
        get
        {
            DateOnly today = Today;
            if (today != _day)
            {
                _day = today;
                _used = 0;
            }

            return _used;
        }
    }
}
