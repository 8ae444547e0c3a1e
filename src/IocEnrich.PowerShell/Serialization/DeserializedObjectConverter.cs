using System.Management.Automation;

namespace IocEnrich.PowerShell.Serialization;

/// <summary>
/// Makes our objects of what PowerShell has read of them where they travelled. Without it a verdict is a number that no word equals, and
/// whoever asks an imported list for <c>Malicious</c> finds nothing. IocEnrich.Types.ps1xml names it for each type that comes back.
/// </summary>
public sealed class DeserializedObjectConverter : PSTypeConverter
{
    private const string Prefix = "Deserialized.";

    // By type, and nothing else can be made: what is read is data, and never says which code runs.
    private static readonly Dictionary<Type, Func<DeserializedObject, object?>> Readers = new()
    {
        [typeof(EnrichmentResult)] = DeserializedModel.Result,
        [typeof(EnrichmentError)] = DeserializedModel.Error,
        [typeof(Indicator)] = DeserializedModel.Indicator,
        [typeof(IndicatorOccurrence)] = DeserializedModel.Occurrence,
        [typeof(EnrichmentProgress)] = DeserializedModel.Progress,
    };

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType)
    {
        ArgumentNullException.ThrowIfNull(destinationType);
        return sourceValue is PSObject source && Readers.ContainsKey(destinationType)
            && source.TypeNames.Contains(Prefix + destinationType.FullName);
    }

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(destinationType);
        return sourceValue is PSObject source && Readers[destinationType](new DeserializedObject(source)) is { } read
            ? read
            : throw new PSInvalidCastException($"The object is not a {destinationType.Name}: required properties are missing.");
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException("It only reads.");
}
