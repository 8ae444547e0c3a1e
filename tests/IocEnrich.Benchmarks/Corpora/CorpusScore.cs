namespace IocEnrich.Benchmarks.Corpora;

/// <summary>How what was found in a corpus compares with a truth. Each value counts once for a file, or for a line where the truth has lines.</summary>
internal sealed class CorpusScore
{
    private readonly List<CorpusEntry> _found = [];
    private readonly List<CorpusEntry> _missed = [];
    private readonly List<(CorpusEntry Truth, CorpusEntry Instead)> _altered = [];
    private readonly List<CorpusEntry> _false = [];

    private CorpusScore(string type) => Type = type;

    /// <summary>The kind of indicators.</summary>
    internal string Type { get; }

    /// <summary>What both have.</summary>
    internal IReadOnlyList<CorpusEntry> Found => _found;

    /// <summary>What only the truth has.</summary>
    internal IReadOnlyList<CorpusEntry> Missed => _missed;

    /// <summary>What the truth has, and what was found in its place: a part of it, or it and more, or another path on its host.</summary>
    internal IReadOnlyList<(CorpusEntry Truth, CorpusEntry Instead)> Altered => _altered;

    /// <summary>What was found and is not in the truth, nor in the place of something that is.</summary>
    internal IReadOnlyList<CorpusEntry> False => _false;

    /// <summary>Compares, by type, in their order. Of types that the truth does not have nothing is said.</summary>
    internal static IReadOnlyList<CorpusScore> Of(IEnumerable<CorpusEntry> found, IReadOnlyCollection<CorpusEntry> truth)
    {
        bool hasLines = truth.Any(static entry => entry.Line is not null);
        HashSet<string> types = new(truth.Select(static entry => entry.Type), StringComparer.OrdinalIgnoreCase);
        ILookup<(string, long?, string), CorpusEntry> foundAt = found.Where(entry => types.Contains(entry.Type)).Distinct().ToLookup(entry => PlaceOf(entry, hasLines));
        ILookup<(string, long?, string), CorpusEntry> truthAt = truth.Distinct().ToLookup(entry => PlaceOf(entry, hasLines));
        SortedDictionary<string, CorpusScore> scores = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string, long?, string) place in foundAt.Select(static group => group.Key).Union(truthAt.Select(static group => group.Key)))
        {
            string type = place.Item3;
            if (!scores.TryGetValue(type, out CorpusScore? score))
            {
                scores.Add(type, score = new CorpusScore(type));
            }

            score.Add([.. foundAt[place]], [.. truthAt[place]]);
        }

        return [.. scores.Values];
    }

    private static (string File, long? Line, string Type) PlaceOf(CorpusEntry entry, bool hasLines) => (entry.File, hasLines ? entry.Line : null, entry.Type.ToUpperInvariant());

    // The canonical form of the truth is accepted as well: another extractor writes hosts in capitals.
    private static string Canonical(string value) => IndicatorParser.TryParse(value, out Indicator? indicator) ? indicator.Value : value;

    private static bool IsInPlaceOf(string found, string truth) =>
        truth.Contains(found, StringComparison.OrdinalIgnoreCase) || found.Contains(truth, StringComparison.OrdinalIgnoreCase)
        || (HostOf(truth) is { } host && string.Equals(host, HostOf(found), StringComparison.OrdinalIgnoreCase) && found[..Math.Min(found.Length, host.Length + 12)] == truth[..Math.Min(truth.Length, host.Length + 12)]);

    private static string? HostOf(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal);
        int end = start < 0 ? -1 : url.IndexOf('/', start + 3);
        return end < 0 ? null : url[(start + 3)..end];
    }

    private void Add(CorpusEntry[] found, CorpusEntry[] truth)
    {
        Dictionary<string, CorpusEntry> left = found.DistinctBy(static entry => entry.Value).ToDictionary(static entry => entry.Value);
        List<CorpusEntry> missed = [];
        HashSet<string> matched = [];
        foreach (CorpusEntry entry in truth.DistinctBy(static entry => entry.Value))
        {
            string? value = left.ContainsKey(entry.Value) || matched.Contains(entry.Value) ? entry.Value : Canonical(entry.Value);
            if (left.Remove(value) || matched.Contains(value))
            {
                matched.Add(value);
                _found.Add(entry);
            }
            else
            {
                missed.Add(entry);
            }
        }

        foreach (CorpusEntry entry in missed)
        {
            // The one that has most of it: a file may hold several of one host.
            CorpusEntry? instead = left.Values.Where(candidate => IsInPlaceOf(candidate.Value, entry.Value))
                .MaxBy(candidate => candidate.Value.AsSpan().CommonPrefixLength(entry.Value));
            if (instead is null)
            {
                _missed.Add(entry);
            }
            else
            {
                left.Remove(instead.Value);
                _altered.Add((entry, instead));
            }
        }

        _false.AddRange(left.Values);
    }
}
