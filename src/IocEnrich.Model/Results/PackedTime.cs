namespace IocEnrich;

/// <summary>A time or none, as ticks in UTC: a third of the room that <see cref="Nullable{T}"/> takes.</summary>
internal readonly record struct PackedTime
{
    private readonly long _ticks;

    private PackedTime(DateTimeOffset time) => _ticks = time.UtcTicks;

    public static implicit operator PackedTime(DateTimeOffset? time) => time is { } some ? new PackedTime(some) : default;

    public static implicit operator DateTimeOffset?(PackedTime packed) => packed._ticks == 0 ? null : new DateTimeOffset(packed._ticks, TimeSpan.Zero);
}
