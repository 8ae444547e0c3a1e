using System.Globalization;

namespace IocEnrich.PowerShell.Input;

/// <summary>
/// The problems of a whole input, each kind once with how often it came: 500 rows with the same unknown columns are one error. Bounded,
/// whatever comes.
/// </summary>
internal sealed class InputTally
{
    private const int MostKinds = 100;

    private readonly Dictionary<string, (InputProblem First, long Count)> _kinds = new(StringComparer.Ordinal);
    private (InputProblem First, long Count)? _others;

    internal void Add(InputProblem problem)
    {
        if (_kinds.TryGetValue(problem.Kind, out (InputProblem First, long Count) known))
        {
            _kinds[problem.Kind] = (known.First, known.Count + 1);
        }
        else if (_kinds.Count < MostKinds)
        {
            _kinds.Add(problem.Kind, (problem, 1));
        }
        else
        {
            _others = (_others?.First ?? problem, (_others?.Count ?? 0) + 1);
        }
    }

    /// <summary>A sentence for each kind, with the first object of it; and takes them out.</summary>
    internal IReadOnlyList<(string Message, object? Input)> Take()
    {
        List<(string Message, object? Input)> told = [];
        foreach ((InputProblem first, long count) in _kinds.Values)
        {
            told.Add((count == 1 ? first.Singular : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {first.Plural}"), first.Input));
        }

        if (_others is { } others)
        {
            told.Add((string.Create(CultureInfo.InvariantCulture, $"{others.Count:N0} more objects, of other kinds, hold no indicator. The first: {others.First.Singular}"), others.First.Input));
        }

        _kinds.Clear();
        _others = null;
        return told;
    }
}
