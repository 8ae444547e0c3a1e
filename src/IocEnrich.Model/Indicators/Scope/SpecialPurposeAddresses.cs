using System.Globalization;

namespace IocEnrich;

/// <summary>A block of the IANA special-purpose address registries.</summary>
/// <param name="Prefix">The block, as the registry writes it.</param>
/// <param name="Meaning">What an address of it is; <c>null</c> if it is globally reachable.</param>
/// <param name="Source">The document that reserves it.</param>
internal sealed record SpecialPurposeBlock(string Prefix, string? Meaning, string Source);

/// <summary>The IANA special-purpose address registries, read from data when first asked.</summary>
internal static class SpecialPurposeAddresses
{
    private const int AddressBits = 128;
    private const int IPv4Bits = 32;

    private static readonly Lazy<Entry[]> Entries = new(Load);

    /// <summary>The block that makes the IPv4 address not a public one, or <c>null</c>.</summary>
    public static SpecialPurposeBlock? Find(uint address) => Find(new UInt128(0, address), isIPv4: true);

    /// <summary>The block that makes the IPv6 address not a public one, or <c>null</c>.</summary>
    public static SpecialPurposeBlock? Find(UInt128 address) =>
        IPv6Text.IsMapped(address) ? Find((uint)address) : Find(address, isIPv4: false);

    private static SpecialPurposeBlock? Find(UInt128 address, bool isIPv4)
    {
        // Longest block first.
        foreach (Entry entry in Entries.Value)
        {
            if (entry.IsIPv4 == isIPv4 && (address & entry.Mask) == entry.Network)
            {
                return entry.Block.Meaning is null ? null : entry.Block;
            }
        }

        return null;
    }

    private static Entry[] Load() =>
        [.. EmbeddedLines.Read("special-purpose-addresses.txt").Select(ReadLine).OrderByDescending(static entry => entry.Length)];

    private static Entry ReadLine(string line)
    {
        string[] columns = line.Split(';');
        string[] block = columns[0].Split('/');
        int length = int.Parse(block[1], CultureInfo.InvariantCulture);
        bool isIPv4 = IPv4Text.TryRead(block[0], out uint low, out _, out _);
        UInt128 network = low;
        if (!isIPv4 && !IPv6Text.TryRead(block[0], out network))
        {
            throw new FormatException($"The data file of special-purpose addresses has a bad block: {line}");
        }

        int hostBits = (isIPv4 ? IPv4Bits : AddressBits) - length;
        UInt128 mask = hostBits == AddressBits ? UInt128.Zero : UInt128.MaxValue << hostBits;
        return new Entry(isIPv4, network, mask, length, new SpecialPurposeBlock(columns[0], columns[1] == "-" ? null : columns[1], columns[2]));
    }

    private sealed record Entry(bool IsIPv4, UInt128 Network, UInt128 Mask, int Length, SpecialPurposeBlock Block);
}
