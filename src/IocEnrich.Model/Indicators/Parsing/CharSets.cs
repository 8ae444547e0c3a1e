using System.Buffers;

namespace IocEnrich;

/// <summary>The sets of characters that texts are searched for.</summary>
internal static class CharSets
{
    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static readonly SearchValues<char> Address = SearchValues.Create("0123456789.");

    /// <summary>What neither ends a URL in a text nor opens or closes anything.</summary>
    public static readonly SearchValues<char> InsideUrl =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/?#=._-~:@%+*!$");

    public static readonly SearchValues<char> EndsOfShare = SearchValues.Create("\\ \t\r\n\"'");

    /// <summary>What stands in a URL as it is: ASCII without controls and the space.</summary>
    public static readonly SearchValues<char> Visible =
        SearchValues.Create(string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(static code => (char)code)));

    /// <summary>The same with the space.</summary>
    public static readonly SearchValues<char> Printable =
        SearchValues.Create(string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(static code => (char)code)));

    public static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Digits) < 0;

    public static bool AreHexDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(HexDigits) < 0;
}

/// <summary>A set of ASCII characters that single ones are looked up in.</summary>
internal readonly struct AsciiSet
{
    private readonly ulong _low;
    private readonly ulong _high;

    public AsciiSet(ReadOnlySpan<char> characters)
    {
        foreach (char c in characters)
        {
            _low |= c < 64 ? 1UL << c : 0;
            _high |= c is >= (char)64 and < (char)128 ? 1UL << (c - 64) : 0;
        }
    }

    public bool Contains(char c) => c < 128 && (((c < 64 ? _low : _high) >> (c & 63)) & 1) != 0;
}
