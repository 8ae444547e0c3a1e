namespace VirusTotal.Emulator.Answers;

/// <summary>
/// A small generator (SplitMix64) that is seeded by text, so that an indicator gets the same answer in every run and on every machine.
/// <see cref="string.GetHashCode()"/> and <see cref="Random"/> promise neither.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The generator of one text for one purpose.</summary>
    public static SeededRandom For(string purpose, string text) => new(Hash(text, Hash(purpose)));

    /// <summary>FNV-1a over the characters, mixed once more at the end so that near texts lie far apart.</summary>
    public static ulong Hash(string text, ulong start = 14695981039346656037)
    {
        ulong hash = start;
        foreach (char character in text)
        {
            hash = (hash ^ character) * 1099511628211;
        }

        return Mix(hash);
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>A number from 0 up to, but not including, <paramref name="end"/>.</summary>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True in about that share of all calls, from 0 to 1.</summary>
    public bool Chance(double share) => Fraction() < share;

    public T Pick<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];

    /// <summary>That many lower-case hexadecimal digits.</summary>
    public string Hex(int digits) => string.Create(digits, this, static (span, random) =>
    {
        ulong bits = 0;
        for (int i = 0; i < span.Length; i++, bits >>= 4)
        {
            bits = i % 16 == 0 ? random.Next() : bits;
            span[i] = "0123456789abcdef"[(int)(bits & 15)];
        }
    });

    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
