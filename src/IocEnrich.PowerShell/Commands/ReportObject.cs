using System.Management.Automation;
using System.Text.Json;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// A report as PowerShell objects, as ConvertFrom-Json would make them; but a report that has a key twice, keys that differ in case only,
/// one that PowerShell keeps for itself, an empty one, or text that is not Unicode is no error: no value is lost.
/// </summary>
internal static class ReportObject
{
    // As deep as ConvertTo-Json goes at most; a real report has some ten levels.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 100 };

    /// <summary>Reads a report. What cannot be read is given as text by who calls this (see <see cref="UnparsedReport"/>).</summary>
    /// <exception cref="JsonException">The report is not JSON, or nested too deeply.</exception>
    /// <exception cref="InvalidDataException">What was kept of it is damaged.</exception>
    internal static object Of(RawReport report)
    {
        using MemoryStream json = new();
        using (Stream text = report.OpenRead())
        {
            text.CopyTo(json);
        }

        Utf8JsonReader reader = new(WithoutMark(json.GetBuffer().AsSpan(0, (int)json.Length)), Options);
        reader.Read();
        object? value = ReadValue(ref reader);

        // What follows the value makes it no JSON.
        reader.Read();
        return value ?? report;
    }

    // The byte order mark, which some servers send.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static object? ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.String => RawJsonText.Read(ref reader),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static PSObject ReadObject(ref Utf8JsonReader reader)
    {
        PSObject result = new();
        PropertyNames names = new();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = names.NameFor(RawJsonText.Read(ref reader));
            reader.Read();
            result.Properties.Add(new PSNoteProperty(name, ReadValue(ref reader)));
        }

        return result;
    }

    private static object?[] ReadArray(ref Utf8JsonReader reader)
    {
        List<object?> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader));
        }

        return [.. items];
    }

    // A number that no type of .NET reaches stays what it is, as text.
    private static object ReadNumber(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out long whole) ? whole
        : reader.TryGetDecimal(out decimal exact) ? exact
        : reader.TryGetDouble(out double close) && double.IsFinite(close) ? close
        : RawJsonText.Read(ref reader);
}
