using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// A report as PowerShell objects, as ConvertFrom-Json would make them; but a report that has a key twice, or keys that differ in case
/// only, or an empty one, is no error: no value is lost.
/// </summary>
internal static class ReportObject
{
    // An object of PowerShell can have no property without a name.
    private const string EmptyName = "(empty)";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>Reads a report; one that cannot be read, because what was kept of it is damaged, stays as it is.</summary>
    internal static object Of(RawReport report)
    {
        try
        {
            using Stream json = report.OpenRead();
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return Convert(document.RootElement) ?? report;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return report;
        }
    }

    private static object? Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ConvertObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Convert).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => ConvertNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject ConvertObject(JsonElement element)
    {
        PSObject result = new();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            result.Properties.Add(new PSNoteProperty(FreeName(result, property.Name), Convert(property.Value)));
        }

        return result;
    }

    // PowerShell does not tell names by their case; the second gets a number.
    private static string FreeName(PSObject result, string key)
    {
        string name = key.Length == 0 ? EmptyName : key;
        string free = name;
        for (int number = 2; result.Properties[free] is not null; number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}#{number}");
        }

        return free;
    }

    private static object ConvertNumber(JsonElement number) =>
        number.TryGetInt64(out long whole) ? whole : number.TryGetDecimal(out decimal exact) ? exact : number.GetDouble();
}
