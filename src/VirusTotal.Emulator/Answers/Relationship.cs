using System.Collections.Frozen;
using System.Text.Json;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Answers;

/// <summary>
/// What an object is related to, as <c>?relationships=</c> asks for it: descriptors (type and id) of one object, or of the first 20 of many.
/// </summary>
internal static class Relationship
{
    private const int Page = 20;
    private const int Most = 45;

    private static readonly FrozenDictionary<(string, string), (bool IsToMany, TemplatePart Descriptor)> All = Template.Read("relationships")
        .EnumerateObject()
        .SelectMany(static kind => kind.Value.EnumerateObject(), static (kind, relationship) => (kind.Name, relationship))
        .ToFrozenDictionary(
            static pair => (pair.Name, pair.relationship.Name),
            static pair => pair.relationship.Value is { ValueKind: JsonValueKind.Array } many
                ? (true, Template.Compile(many[0]))
                : (false, Template.Compile(pair.relationship.Value)));

    /// <summary>Whether objects of that kind have such a relationship.</summary>
    public static bool Exists(LookupKind kind, string name) => All.ContainsKey((kind.ObjectType(), name));

    /// <summary>Writes the relationships that a lookup asks for, if it asks for any.</summary>
    public static void WriteAll(Utf8JsonWriter json, LookupRequest lookup, string id)
    {
        if (lookup.Relationships.Count == 0)
        {
            return;
        }

        json.WriteStartObject("relationships");
        foreach (string name in lookup.Relationships.Distinct())
        {
            json.WriteStartObject(name);
            TemplateValues values = new(SeededRandom.For(name, lookup.Indicator)) { ["indicator"] = lookup.Indicator, ["id"] = id };
            Write(json, values, name, $"https://www.virustotal.com/api/v3/{lookup.Kind.Collection()}/{id}", All[(lookup.Kind.ObjectType(), name)]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter json, TemplateValues values, string name, string self, (bool IsToMany, TemplatePart Descriptor) relationship)
    {
        // About a third have none at all.
        int count = relationship.IsToMany ? Math.Max(0, values.Random.Between(-Most / 2, Most)) : 1;
        string? next = count > Page ? values.Random.Hex(24) : null;
        json.WritePropertyName("data");
        if (relationship.IsToMany)
        {
            json.WriteStartArray();
        }

        for (int i = 0; i < Math.Min(count, Page); i++)
        {
            relationship.Descriptor(json, values);
        }

        if (relationship.IsToMany)
        {
            json.WriteEndArray();
        }

        json.WriteStartObject("links");
        json.WriteString("self", $"{self}/relationships/{name}?limit=20");
        json.WriteString("related", $"{self}/{name}");
        if (next is not null)
        {
            json.WriteString("next", $"{self}/relationships/{name}?cursor={next}&limit=20");
        }

        json.WriteEndObject();
        if (next is not null)
        {
            json.WriteStartObject("meta");
            json.WriteNumber("count", count);
            json.WriteString("cursor", next);
            json.WriteEndObject();
        }
    }
}
