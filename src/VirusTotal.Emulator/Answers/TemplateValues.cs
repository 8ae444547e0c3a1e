using System.Collections.Frozen;
using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>What fills the places of a template in one report: its named values, and a generator for all others.</summary>
internal sealed class TemplateValues(SeededRandom random)
{
    // 2025-10-07 00:00 UTC, in Unix seconds: nothing in an answer is later, whatever day it is.
    private const long LatestDate = 1759795200;
    private const int Day = 86400;

    private static readonly JsonElement Lists = Template.Read("words");

    private static readonly FrozenDictionary<string, Func<TemplateValues, string>[]> Words = Lists.EnumerateObject()
        .Where(static list => list.Value[0].ValueKind == JsonValueKind.String)
        .ToFrozenDictionary(static list => list.Name, static list => Strings(list.Name).Select(TemplateText.Compile).ToArray());

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>[]> Rows = Lists.EnumerateObject()
        .Where(static list => list.Value[0].ValueKind == JsonValueKind.Object)
        .ToFrozenDictionary(static list => list.Name, static list => list.Value.EnumerateArray().Select(static row => row.EnumerateObject()
            .ToFrozenDictionary(static field => field.Name, static field => field.Value.GetString()!)).ToArray());

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _rows = new(StringComparer.Ordinal);

    public SeededRandom Random => random;

    /// <summary>A named value. One that was never set is a mistake in the template.</summary>
    public string this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <summary>A list of <c>words.json</c> as it stands there.</summary>
    public static string[] Strings(string list) => [.. Lists.GetProperty(list).EnumerateArray().Select(static word => word.GetString()!)];

    /// <summary>The rows of a list in <c>words.json</c> whose entries have several fields.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> RowsOf(string list) => Rows[list];

    /// <summary>One text of a list, with its own places filled.</summary>
    public string Word(string list) => random.Pick<Func<TemplateValues, string>>(Words[list])(this);

    /// <summary>A field of a named row.</summary>
    public string Field(string row, string field) => _rows[row][field];

    /// <summary>Draws a row of a list.</summary>
    public void SetRow(string name, string list) => SetRow(name, random.Pick<FrozenDictionary<string, string>>(Rows[list]));

    public void SetRow(string name, IReadOnlyDictionary<string, string> row) => _rows[name] = row;

    /// <summary>A moment between so many days before the latest date, in Unix seconds.</summary>
    public long DaysAgo(int nearest, int farthest) => LatestDate - ((long)random.Between(nearest, farthest) * Day) + random.Below(Day) - Day;
}
