using VirusTotal.Emulator.Faults;

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
        rule.Validate();
        lock (_lock)
        {
            _rules = [.. _rules, new ActiveRule(rule)];
        }
    }

    /// <summary>Adds a rule in its compact form, such as <c>503@0.1</c>.</summary>
    /// <exception cref="FormatException">The text is no rule; the message says why.</exception>
    public void Add(string rule) => Add(FaultRule.Parse(rule));

    /// <summary>Puts other rules in the place of all there are; they begin to count anew.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of a rule is out of its range.</exception>
    public void Replace(IEnumerable<FaultRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        FaultRule[] all = [.. rules];
        Array.ForEach(all, static rule => rule.Validate());
        lock (_lock)
        {
            _rules = Array.ConvertAll(all, static rule => new ActiveRule(rule));
        }
    }

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
            ActiveRule? first = null;
            foreach (ActiveRule rule in _rules)
            {
                // Every rule counts every request, whichever rule comes first.
                if (rule.Applies(indicator))
                {
                    first ??= rule;
                }
            }

            if (first is not null)
            {
                first.Spend();
                Interlocked.Increment(ref _happened);
            }

            return first?.Action;
        }
    }
}
