using System.Numerics;

namespace IocEnrich;

/// <summary>
/// A number or none, in the room of the number: <see cref="Nullable{T}"/> takes twice as much, and jobs hold results by the hundred
/// thousand until somebody receives them. The least number there is stands for none, and is taken for the next one.
/// </summary>
internal readonly record struct Packed<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    // So that the default is none.
    private readonly T _bits;

    private Packed(T number) => _bits = T.Max(number, T.MinValue + T.One) ^ T.MinValue;

    public static implicit operator Packed<T>(T? number) => number is { } some ? new Packed<T>(some) : default;

    public static implicit operator T?(Packed<T> packed) => T.IsZero(packed._bits) ? null : packed._bits ^ T.MinValue;
}
