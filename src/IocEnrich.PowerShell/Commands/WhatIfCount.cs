using System.Globalization;
using IocEnrich.Engine.Providers;
using IocEnrich.PowerShell.Input;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Counts what a job would do, for -WhatIf.</summary>
internal sealed class WhatIfCount(ProviderDefinition provider, string host, bool includeNonPublic)
{
    private readonly HashSet<string> _hopeless = new(StringComparer.Ordinal);
    private readonly HashSet<Indicator> _asked = [];
    private readonly HashSet<Indicator> _outOfScope = [];

    internal string Target
    {
        get
        {
            (int Count, string Why)[] skipped = [(_outOfScope.Count, "not public or without a lookup"), (_hopeless.Count, "not an indicator")];
            string reasons = string.Join(
                ", ", skipped.Where(static reason => reason.Count > 0).Select(static reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Count} {reason.Why}")));
            string rest = reasons.Length == 0 ? "" : $" (skipped: {reasons})";
            return string.Create(CultureInfo.InvariantCulture, $"{_asked.Count} distinct indicator{(_asked.Count == 1 ? "" : "s")}{rest}");
        }
    }

    internal string Action => $"Look up in {provider.Name} ({host})";

    internal void Add(IndicatorText input)
    {
        Indicator? indicator = input.Indicator;
        if (input.SkipReason is not null || (indicator is null && !IndicatorParser.TryParse(input.Text, out indicator)))
        {
            _hopeless.Add(input.Text.Trim());
            return;
        }

        (provider.Scope.IsEligible(indicator, includeNonPublic, out _) ? _asked : _outOfScope).Add(indicator);
    }
}
