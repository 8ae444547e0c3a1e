using System.Reflection;

namespace IocEnrich;

/// <summary>
/// A property of a result that can be set. Whatever carries results elsewhere (the cache, an XML file, a spreadsheet) goes through these
/// lists, so that a new property of <see cref="EnrichmentResult"/> needs no line there.
/// </summary>
internal abstract class ResultProperty
{
    private readonly bool _isInSummary;

    private protected ResultProperty(PropertyInfo property)
    {
        Name = property.Name;
        _isInSummary = !property.IsDefined(typeof(OutsideSummaryAttribute));
    }

    /// <summary>All whose type is one of a summary's: texts, lists of texts, numbers and times.</summary>
    internal static IReadOnlyList<ResultProperty> All { get; } =
    [
        .. typeof(EnrichmentResult).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(static property => property.CanWrite)
            .Select(Of)
            .OfType<ResultProperty>(),
    ];

    /// <summary>Those of a result's summary: what a provider says of an indicator, without its verdict, which depends on thresholds.</summary>
    internal static IReadOnlyList<ResultProperty> Summary { get; } = [.. All.Where(static property => property._isInSummary)];

    /// <summary>Sets the verdict of a result that nobody else has in hand yet.</summary>
    internal static Action<EnrichmentResult, Verdict> SetVerdict { get; } =
        typeof(EnrichmentResult).GetProperty(nameof(EnrichmentResult.Verdict))!.SetMethod!.CreateDelegate<Action<EnrichmentResult, Verdict>>();

    internal string Name { get; }

    private static ResultProperty? Of(PropertyInfo property) =>
        property.PropertyType == typeof(string) ? new ResultProperty<string?>(property)
        : property.PropertyType == typeof(TextList) ? new ResultProperty<TextList>(property)
        : property.PropertyType == typeof(int?) ? new ResultProperty<int?>(property)
        : property.PropertyType == typeof(long?) ? new ResultProperty<long?>(property)
        : property.PropertyType == typeof(DateTimeOffset?) ? new ResultProperty<DateTimeOffset?>(property)
        : property.IsDefined(typeof(OutsideSummaryAttribute)) ? null
        : throw new NotSupportedException($"{property.Name} is of a type that no summary has; mark it [OutsideSummary], or teach {nameof(ResultProperty)} the type.");
}

/// <summary>A property of a result, and its type.</summary>
internal sealed class ResultProperty<T>(PropertyInfo property) : ResultProperty(property)
{
    internal Func<EnrichmentResult, T> Get { get; } = property.GetMethod!.CreateDelegate<Func<EnrichmentResult, T>>();

    /// <summary>Sets it on a result that nobody else has in hand yet: everybody else may take it for immutable.</summary>
    internal Action<EnrichmentResult, T> Set { get; } = property.SetMethod!.CreateDelegate<Action<EnrichmentResult, T>>();
}

/// <summary>
/// Marks what a result has from elsewhere than the provider's words on the indicator: which indicator it is, what became of the job, where
/// the input came from, what depends on thresholds. It is not in the cached summary.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OutsideSummaryAttribute : Attribute;
