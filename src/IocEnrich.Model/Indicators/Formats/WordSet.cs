namespace IocEnrich;

/// <summary>
/// A set of ASCII words that is asked for slices of a text, in any case: a hash table with open addressing, since a set of strings would need
/// a string each time on .NET 8.
/// </summary>
internal sealed class WordSet
{
    private readonly string?[] _table;
    private readonly int _longest;

    public WordSet(params IReadOnlyCollection<string> words)
    {
        _table = new string?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(4 * words.Count) + 1)];
        foreach (string word in words)
        {
            _longest = Math.Max(_longest, word.Length);
            int slot = (int)Hash(word) & (_table.Length - 1);
            while (_table[slot] is not null)
            {
                slot = (slot + 1) & (_table.Length - 1);
            }

            _table[slot] = word;
        }
    }

    public bool Contains(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.Length > _longest)
        {
            return false;
        }

        string?[] table = _table;
        int mask = table.Length - 1;
        for (int slot = (int)Hash(word) & mask; table[slot] is { } candidate; slot = (slot + 1) & mask)
        {
            if (word.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // FNV-1a over letters in lower case.
    private static uint Hash(ReadOnlySpan<char> word)
    {
        uint hash = 2166136261;
        foreach (char c in word)
        {
            hash = (hash ^ (uint)(c is >= 'A' and <= 'Z' ? c | 0x20 : c)) * 16777619;
        }

        return hash ^ (hash >> 15);
    }
}
