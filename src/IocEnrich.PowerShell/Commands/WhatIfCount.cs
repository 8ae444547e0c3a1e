using System.Globalization;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Counts what a job would do, for -WhatIf.</summary>
internal sealed class WhatIfCount(string host)
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<Indicator> _indicators = [];
    private int _hopeless;

    internal string Target => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count(_indicators.Count, "distinct indicator")}{(_hopeless == 0 ? "" : $" ({Count(_hopeless, "more text")} would be skipped: not an indicator)")}");

    internal string Action => $"Look up in VirusTotal ({host})";

    internal void Add(string text)
    {
        if (IocEnrich.Indicator.TryParse(text, out Indicator? indicator, out _))
        {
            _indicators.Add(indicator);
        }
        else if (_texts.Add(text.Trim()))
        {
            _hopeless++;
        }
    }

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
