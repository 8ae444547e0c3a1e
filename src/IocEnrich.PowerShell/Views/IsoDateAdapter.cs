using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace IocEnrich.PowerShell.Views;

/// <summary>
/// Shows PowerShell the properties of the objects that the cmdlets write: each as it is, but that the text of a date is ISO 8601 in UTC in
/// every culture. Export-Csv writes that text, and would write the culture's else: <c>25/11/2569 17:16:23 +00:00</c>. For everything but its
/// text a date stays the <see cref="DateTimeOffset"/> that it is.
/// </summary>
/// <remarks>IocEnrich.Types.ps1xml says for which types.</remarks>
public sealed class IsoDateAdapter : PSPropertyAdapter
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    private static readonly PSCodeMethod TextMethod = new(nameof(ToString), typeof(IsoDateAdapter).GetMethod(nameof(ToText)));
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> PropertiesOfTypes = new();

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        ArgumentNullException.ThrowIfNull(baseObject);
        Collection<PSAdaptedProperty> properties = [];
        foreach (PropertyInfo property in PropertiesOf(baseObject))
        {
            properties.Add(new PSAdaptedProperty(property.Name, property));
        }

        return properties;
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName)
    {
        ArgumentNullException.ThrowIfNull(baseObject);
        PropertyInfo? found = Array.Find(PropertiesOf(baseObject), property => property.Name.Equals(propertyName, StringComparison.OrdinalIgnoreCase));
        return found is null ? null : new PSAdaptedProperty(found.Name, found);
    }

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => Of(adaptedProperty).CanWrite;

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) => Of(adaptedProperty).PropertyType.FullName!;

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty)
    {
        object? value = Of(adaptedProperty).GetValue(adaptedProperty.BaseObject);
        if (value is not DateTimeOffset date)
        {
            return value;
        }

        PSObject shown = new(date);
        shown.Methods.Add(TextMethod);
        return shown;
    }

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value)
    {
        PropertyInfo property = Of(adaptedProperty);
        property.SetValue(adaptedProperty.BaseObject, LanguagePrimitives.ConvertTo(value, property.PropertyType, CultureInfo.InvariantCulture));
    }

    /// <summary>The text of a date: ISO 8601, unless a format or a culture is asked for.</summary>
    /// <param name="arguments">A format, a culture, or both, as <see cref="DateTimeOffset"/> takes them.</param>
    public static string ToText(PSObject instance, params object?[]? arguments)
    {
        ArgumentNullException.ThrowIfNull(instance);
        DateTimeOffset date = (DateTimeOffset)instance.BaseObject;
        string? format = arguments?.OfType<string>().FirstOrDefault();
        IFormatProvider? provider = arguments?.OfType<IFormatProvider>().FirstOrDefault();
        return format is null && provider is null
            ? date.UtcDateTime.ToString(Iso, CultureInfo.InvariantCulture)
            : date.ToString(format, provider ?? CultureInfo.CurrentCulture);
    }

    private static PropertyInfo[] PropertiesOf(object instance) => PropertiesOfTypes.GetOrAdd(
        instance.GetType(), static type => [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static property => property.GetIndexParameters().Length == 0)]);

    private static PropertyInfo Of(PSAdaptedProperty adaptedProperty) =>
        (PropertyInfo)(adaptedProperty ?? throw new ArgumentNullException(nameof(adaptedProperty))).Tag;
}
