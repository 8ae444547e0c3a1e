using System.Globalization;
using System.IO.Enumeration;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Faults;

/// <summary>A rule in force, and what it has counted. Not thread-safe: the plan locks.</summary>
internal sealed class ActiveRule(FaultRule rule)
{
    private readonly string? _indicator = rule.Indicator is null ? null : CanonicalText.Canonicalize(rule.Indicator);
    private readonly bool _hasWildcard = rule.Indicator?.Contains('*', StringComparison.Ordinal) == true;
    private readonly bool _counts = rule.FirstRequest > 1 || rule.LastRequest is not null || rule.Share < 1;
    private readonly Dictionary<string, int> _requests = new(StringComparer.Ordinal);
    private int _happened;

    public FaultAction Action => rule.Action;

    /// <summary>Counts a request, and says whether the fault would happen to it.</summary>
    public bool Applies(string indicator)
    {
        if (!IsAbout(indicator))
        {
            return false;
        }

        int number = 1;
        if (_counts)
        {
            _requests[indicator] = number = _requests.GetValueOrDefault(indicator) + 1;
        }

        return number >= rule.FirstRequest
            && number <= (rule.LastRequest ?? int.MaxValue)
            && _happened < (rule.Limit ?? int.MaxValue)
            && (rule.Share >= 1 || Draw(indicator, number) < rule.Share);
    }

    /// <summary>Takes note that the fault happened.</summary>
    public void Spend() => _happened++;

    private bool IsAbout(string indicator)
    {
        bool named = _indicator is null
            || (_hasWildcard ? FileSystemName.MatchesSimpleExpression(_indicator, indicator, ignoreCase: false) : _indicator == indicator);
        return named && (rule.Matches is null || rule.Matches(indicator));
    }

    private double Draw(string indicator, int number) =>
        SeededRandom.For(string.Create(CultureInfo.InvariantCulture, $"fault/{rule.Seed}/{number}"), indicator).Fraction();
}
