using System.ComponentModel;
using System.Management.Automation;

namespace IocEnrich.PowerShell.Serialization;

/// <summary>
/// Stands for chosen properties of a result that travelled: they are no type of their own, but objects of PowerShell, and stay such. There
/// is none of it.
/// </summary>
[TypeConverter(typeof(SelectedPropertiesConverter))]
public abstract class SelectedProperties
{
    private protected SelectedProperties()
    {
    }
}

/// <summary>
/// Makes words that travelled, among chosen properties of a result, what they were: without it <c>Malicious</c> comes before <c>Suspicious</c>, as the
/// letters do.
/// </summary>
public sealed class SelectedPropertiesConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => sourceValue is PSObject && destinationType == typeof(SelectedProperties);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        PSObject selected = sourceValue as PSObject ?? throw new PSInvalidCastException("Only an object of PowerShell has chosen properties.");
        DeserializedObject source = new(selected);
        Restore(selected, nameof(EnrichmentResult.Verdict), source.Word<Verdict>(nameof(EnrichmentResult.Verdict)));
        Restore(selected, nameof(EnrichmentResult.Status), source.Word<EnrichmentStatus>(nameof(EnrichmentResult.Status)));
        Restore(selected, nameof(EnrichmentResult.Type), source.Word<IndicatorType>(nameof(EnrichmentResult.Type)));
        return selected;
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException("It only reads.");

    private static void Restore(PSObject selected, string name, object? word)
    {
        if (word is not null && selected.Properties[name] is { IsSettable: true } property)
        {
            property.Value = word;
        }
    }
}
