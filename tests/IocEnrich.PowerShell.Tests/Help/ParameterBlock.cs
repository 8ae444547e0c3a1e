using System.Management.Automation;
using System.Text.RegularExpressions;
using IocEnrich.PowerShell.Tests.Conventions;

namespace IocEnrich.PowerShell.Tests.Help;

/// <summary>What a page says of a parameter in the block below its text: the metadata, as Microsoft.PowerShell.PlatyPS writes it.</summary>
internal sealed partial record ParameterBlock(
    string Type, string DefaultValue, bool SupportsWildcards, IReadOnlyList<string> Aliases, IReadOnlyList<ParameterBlock.Set> Sets, IReadOnlyList<string> AcceptedValues)
{
    internal const string AllSets = "(All)";

    /// <summary>What one parameter set asks of the parameter.</summary>
    internal sealed record Set(string Name, string Position, bool IsRequired, bool ByValue, bool ByPropertyName)
    {
        internal string PipelineInput => (ByValue, ByPropertyName) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            _ => "false",
        };
    }

    /// <summary>The metadata as the engine knows it. A default is not among it: the page tells it.</summary>
    internal static ParameterBlock Of(ParameterMetadata parameter, string defaultValue) => new(
        TypeName(parameter.ParameterType),
        defaultValue,
        parameter.Attributes.Any(static attribute => attribute is SupportsWildcardsAttribute),
        [.. parameter.Aliases],
        [.. parameter.ParameterSets.OrderBy(static set => set.Key, StringComparer.Ordinal).Select(static set => new Set(
            set.Key == ParameterAttribute.AllParameterSets ? AllSets : set.Key,
            set.Value.Position == int.MinValue ? "Named" : set.Value.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            set.Value.IsMandatory,
            set.Value.ValueFromPipeline,
            set.Value.ValueFromPipelineByPropertyName))],
        ValuesOf(parameter));

    /// <summary>Reads a block that <see cref="Write"/> has written.</summary>
    internal static ParameterBlock Read(string yaml)
    {
        string[] lines = yaml.Split('\n');
        int sets = Array.IndexOf(lines, "ParameterSets:");
        int end = Array.FindIndex(lines, static line => line.StartsWith("DontShow:", StringComparison.Ordinal));
        return new ParameterBlock(
            Value("Type"),
            Value("DefaultValue"),
            Value("SupportsWildcards") == "true",
            List("Aliases"),
            [.. lines[(sets + 1)..end].Chunk(6).Select(static set => new Set(
                After(set[0]), After(set[1]), After(set[2]) == "true", After(set[3]) == "true", After(set[4]) == "true"))],
            List("AcceptedValues"));

        string Value(string key) => After(lines.Single(line => line.StartsWith(key + ":", StringComparison.Ordinal)));
        string[] List(string key) => [.. lines[(Array.FindIndex(lines, line => line.StartsWith(key + ":", StringComparison.Ordinal)) + 1)..]
            .TakeWhile(static line => line.StartsWith("- ", StringComparison.Ordinal)).Select(static line => line[2..])];
    }

    internal string Write()
    {
        List<string> lines = [$"Type: {Type}", $"DefaultValue: {(PlainScalar().IsMatch(DefaultValue) ? DefaultValue : $"'{DefaultValue}'")}", $"SupportsWildcards: {Yaml(SupportsWildcards)}"];
        AddList(lines, "Aliases", Aliases);
        lines.Add("ParameterSets:");
        foreach (Set set in Sets)
        {
            lines.AddRange(
            [
                $"- Name: {set.Name}",
                $"  Position: {set.Position}",
                $"  IsRequired: {Yaml(set.IsRequired)}",
                $"  ValueFromPipeline: {Yaml(set.ByValue)}",
                $"  ValueFromPipelineByPropertyName: {Yaml(set.ByPropertyName)}",
                "  ValueFromRemainingArguments: false",
            ]);
        }

        lines.Add("DontShow: false");
        AddList(lines, "AcceptedValues", AcceptedValues);
        lines.Add("HelpMessage: ''");
        return string.Join('\n', lines);
    }

    private static void AddList(List<string> lines, string key, IReadOnlyList<string> values)
    {
        lines.Add(values.Count == 0 ? $"{key}: []" : $"{key}:");
        lines.AddRange(values.Select(static value => $"- {value}"));
    }

    private static string Yaml(bool value) => value ? "true" : "false";

    private static string After(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Trim('\'');

    private static string TypeName(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? $"System.Nullable`1[{inner.FullName}]" : type.FullName!;

    private static string[] ValuesOf(ParameterMetadata parameter)
    {
        Type type = ImportedModule.ValueType(parameter.ParameterType);
        return parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } values ? [.. values.ValidValues]
            : type.IsEnum ? Enum.GetNames(type)
            : [];
    }

    // Anything else could mean something to YAML: * is a reference there, and 04:00:00 a number.
    [GeneratedRegex(@"^(\w+|https://\S+)$")]
    private static partial Regex PlainScalar();
}
