using System.Globalization;
using System.IO.Enumeration;
using VirusTotal.Emulator.Answers;
using VirusTotal.Emulator.Faults;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator;

/// <summary>
/// The faults that happen to requests. Rules are asked in order, and the first that applies happens. They may be changed while requests
/// are under way: a change counts for the requests that have not got as far as their answer.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private volatile ActiveRule[] _rules = [];
    private long _happened;

    internal FaultPlan(IEnumerable<FaultRule> rules) => Replace(rules);

    /// <summary>How many rules are in force, the spent ones included.</summary>
    public int Count => _rules.Length;

    /// <summary>How many faults have happened so far.</summary>
    public long Happened => Interlocked.Read(ref _happened);

    /// <summary>Adds a rule behind the others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of the rule is out of its range.</exception>
    public void Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Change([rule], keepsOthers: true);
    }

    /// <summary>Adds a rule in its compact form, such as <c>503@0.1</c>.</summary>
    /// <exception cref="FormatException">The text is no rule; the message says why.</exception>
    public void Add(string rule) => Add(FaultRule.Parse(rule));

    /// <summary>Puts other rules in the place of all there are; they begin to count anew.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of a rule is out of its range.</exception>
    public void Replace(IEnumerable<FaultRule> rules) => Change([.. rules], keepsOthers: false);

    /// <summary>Takes all rules away.</summary>
    public void Clear() => Replace([]);

    /// <summary>Counts a request, and finds the fault that happens to it.</summary>
    internal FaultAction? Next(string indicator)
    {
        if (_rules.Length == 0)
        {
            return null;
        }

        lock (_lock)
        {
            // Every rule counts every request, whichever rule comes first.
            ActiveRule? first = Array.FindAll(_rules, rule => rule.Applies(indicator)).FirstOrDefault();
            if (first is not null)
            {
                first.Happened++;
                Interlocked.Increment(ref _happened);
            }

            return first?.Action;
        }
    }

    private void Change(FaultRule[] rules, bool keepsOthers)
    {
        Array.ForEach(rules, static rule => rule.Validate());
        lock (_lock)
        {
            _rules = [.. keepsOthers ? _rules : [], .. rules.Select(static rule => new ActiveRule(rule))];
        }
    }

    /// <summary>A rule in force, and what it has counted, under the lock of the plan.</summary>
    private sealed class ActiveRule(FaultRule rule)
    {
        private readonly string? _indicator = rule.Indicator is null ? null : CanonicalText.Canonicalize(rule.Indicator);
        private readonly bool _counts = rule.FirstRequest > 1 || rule.LastRequest is not null || rule.Share < 1;
        private readonly Dictionary<string, int> _requests = new(StringComparer.Ordinal);

        public FaultAction Action => rule.Action;

        public int Happened { get; set; }

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
                && Happened < (rule.Limit ?? int.MaxValue)
                && (rule.Share >= 1 || Draw(indicator, number) < rule.Share);
        }

        private bool IsAbout(string indicator) => _indicator is null || (_indicator.Contains('*')
            ? FileSystemName.MatchesSimpleExpression(_indicator, indicator, ignoreCase: false)
            : _indicator == indicator);

        private double Draw(string indicator, int number) =>
            SeededRandom.For(string.Create(CultureInfo.InvariantCulture, $"fault/{rule.Seed}/{number}"), indicator).Fraction();
    }
}
