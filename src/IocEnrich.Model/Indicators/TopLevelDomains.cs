namespace IocEnrich;

/// <summary>
/// The top-level domains of the DNS root zone (the IANA list, embedded as data), looked up by span: a hash table with open addressing,
/// since a set that is asked for a slice of a text would need a string each time on .NET 8.
/// </summary>
internal static class TopLevelDomains
{
    private const int LongestLabel = 63;

    /// <summary>Names that no root server delegates and that stand in indicators all the same (RFC 6761, 6762, 7686, 9476, ICANN).</summary>
    private static readonly string[] SpecialUse = ["alt", "example", "internal", "invalid", "local", "localhost", "onion", "test"];

    // Loaded when the first name is looked at, not with the assembly.
    private static readonly Lazy<string?[]> Table = new(Load);

    /// <summary>Whether the label is a delegated top-level domain, or a special-use one such as <c>onion</c> or <c>local</c>.</summary>
    /// <param name="label">An ASCII label in any case.</param>
    public static bool Contains(ReadOnlySpan<char> label)
    {
        if (label.Length is < 2 or > LongestLabel)
        {
            return false;
        }

        string?[] table = Table.Value;
        int mask = table.Length - 1;
        for (int slot = (int)Hash(label) & mask; table[slot] is { } candidate; slot = (slot + 1) & mask)
        {
            if (label.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the label is one of the special-use names, which have no place in the public DNS.</summary>
    public static bool IsSpecialUse(ReadOnlySpan<char> label)
    {
        foreach (string name in SpecialUse)
        {
            if (label.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // FNV-1a over letters in lower case.
    private static uint Hash(ReadOnlySpan<char> label)
    {
        uint hash = 2166136261;
        foreach (char c in label)
        {
            hash = (hash ^ (uint)(c is >= 'A' and <= 'Z' ? c | 0x20 : c)) * 16777619;
        }

        return hash ^ (hash >> 15);
    }

    private static string?[] Load()
    {
        string?[] table = new string?[8192];
        foreach (string name in EmbeddedLines.Read("top-level-domains.txt").Concat(SpecialUse))
        {
            int slot = (int)Hash(name) & (table.Length - 1);
            while (table[slot] is not null)
            {
                slot = (slot + 1) & (table.Length - 1);
            }

            table[slot] = name;
        }

        return table;
    }
}
