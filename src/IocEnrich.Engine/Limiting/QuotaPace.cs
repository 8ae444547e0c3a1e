namespace IocEnrich.Engine.Limiting;

/// <summary>How fast the minute's limit lets requests go: some at once, then a burst in each minute.</summary>
/// <param name="PerMinute">The limit; 0 for none.</param>
/// <param name="Start">From when on.</param>
/// <param name="Room">How many can be sent then.</param>
/// <param name="NextAt">When, after those, the next burst can be.</param>
internal readonly record struct QuotaPace(int PerMinute, DateTimeOffset Start, int Room, DateTimeOffset NextAt)
{
    /// <summary>The pace from a moment on at which nothing holds a place.</summary>
    internal static QuotaPace From(DateTimeOffset start, int perMinute) => new(perMinute, start, perMinute, start + QuotaLimits.Window);

    /// <summary>When the last of so many requests can be sent.</summary>
    internal DateTimeOffset TimeOf(int requests) => PerMinute == 0 || requests <= Room
        ? Start
        : NextAt + (QuotaLimits.Window * ((requests - Room - 1) / PerMinute));

    /// <summary>How many requests can be sent before a moment.</summary>
    internal long CountBefore(DateTimeOffset end) => PerMinute == 0 ? long.MaxValue
        : end <= NextAt ? Room
        : Room + (PerMinute * (long)Math.Ceiling((end - NextAt) / QuotaLimits.Window));
}
