using System.Globalization;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// An option of this session: its value and where it comes from. An immutable snapshot; a secret is only shown as set or not set.
/// </summary>
public sealed class EnrichmentOption
{
    internal EnrichmentOption(OptionDefinition definition, OptionValue current, object? defaultValue)
    {
        Name = definition.Name;
        Description = definition.Description;
        Value = current.Value;
        Source = current.Source;
        Origin = current.Origin;
        DefaultValue = defaultValue;
    }

    /// <summary>The name of the option, and of the parameter of Set-IocEnrichmentOption and other cmdlets.</summary>
    public string Name { get; }

    /// <summary>The value that applies if no parameter overrides it; empty if there is none.</summary>
    public object? Value { get; }

    /// <summary>Where the value comes from.</summary>
    public OptionSource Source { get; }

    /// <summary>The name of the environment variable or the path of the file; empty for other sources.</summary>
    public string? Origin { get; }

    /// <summary>The default value.</summary>
    public object? DefaultValue { get; }

    /// <summary>What the option does, its unit and its range.</summary>
    public string Description { get; }

    /// <summary>The option in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} = {Value} ({Origin ?? Source.ToString()})");
}
