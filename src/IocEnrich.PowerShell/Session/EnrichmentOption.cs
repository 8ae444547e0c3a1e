using System.Globalization;

namespace IocEnrich.PowerShell.Session;

/// <summary>An option of this session: what it is, and why. A snapshot; a secret is only said to be set or not.</summary>
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

    /// <summary>The name: also that of the parameter of Set-IocEnrichmentOption, and of the cmdlets that have it as a parameter.</summary>
    public string Name { get; }

    /// <summary>The value that counts where no parameter says otherwise; nothing where there is none.</summary>
    public object? Value { get; }

    /// <summary>Where the value comes from.</summary>
    public OptionSource Source { get; }

    /// <summary>The name of the environment variable or the path of the file it comes from; nothing for the other sources.</summary>
    public string? Origin { get; }

    /// <summary>What it would be, had nobody set it.</summary>
    public object? DefaultValue { get; }

    /// <summary>What it does, its unit and its range.</summary>
    public string Description { get; }

    /// <summary>The option in a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} = {Value} ({Origin ?? Source.ToString()})");
}
