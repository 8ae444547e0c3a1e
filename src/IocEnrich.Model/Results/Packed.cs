namespace IocEnrich;

/// <summary>
/// A number or none, in the room of the number: <see cref="Nullable{T}"/> takes twice as much, and jobs hold results by the hundred
/// thousand until somebody receives them. The least number there is stands for none, and is taken for the next one.
/// </summary>
internal readonly record struct PackedInt32
{
    // So that the default is none.
    private readonly int _bits;

    private PackedInt32(int number) => _bits = Math.Max(number, int.MinValue + 1) ^ int.MinValue;

    public static implicit operator PackedInt32(int? number) => number is { } some ? new PackedInt32(some) : default;

    public static implicit operator int?(PackedInt32 packed) => packed._bits == 0 ? null : packed._bits ^ int.MinValue;
}

/// <summary>As <see cref="PackedInt32"/>.</summary>
internal readonly record struct PackedInt64
{
    private readonly long _bits;

    private PackedInt64(long number) => _bits = Math.Max(number, long.MinValue + 1) ^ long.MinValue;

    public static implicit operator PackedInt64(long? number) => number is { } some ? new PackedInt64(some) : default;

    public static implicit operator long?(PackedInt64 packed) => packed._bits == 0 ? null : packed._bits ^ long.MinValue;
}

/// <summary>A time or none, as ticks in UTC: a third of the room.</summary>
internal readonly record struct PackedTime
{
    private readonly long _ticks;

    private PackedTime(DateTimeOffset time) => _ticks = time.UtcTicks;

    public static implicit operator PackedTime(DateTimeOffset? time) => time is { } some ? new PackedTime(some) : default;

    public static implicit operator DateTimeOffset?(PackedTime packed) => packed._ticks == 0 ? null : new DateTimeOffset(packed._ticks, TimeSpan.Zero);
}
