using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Answers;

/// <summary>
/// What an object is related to, as <c>?relationships=</c> asks for it: descriptors (type and id) of one object, or of the first 20 of many.
/// </summary>
/// <param name="IsToMany">Whether there may be many.</param>
/// <param name="Descriptor">Writes one descriptor.</param>
internal sealed record Relationship(bool IsToMany, TemplatePart Descriptor)
{
    private const int Page = 20;
    private const int Most = 45;

    private static readonly FrozenDictionary<string, FrozenDictionary<string, Relationship>> All = Template.Read("relationships")
        .EnumerateObject()
        .ToFrozenDictionary(static kind => kind.Name, static kind => kind.Value.EnumerateObject()
            .ToFrozenDictionary(static relationship => relationship.Name, static relationship => Of(relationship.Value)));

    /// <summary>Whether objects of that kind have such a relationship.</summary>
    public static bool Exists(LookupKind kind, string name) => All[kind.ObjectType()].ContainsKey(name);

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
            All[lookup.Kind.ObjectType()][name].Write(json, name, lookup, id);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, string name, LookupRequest lookup, string id)
    {
        TemplateValues values = new(SeededRandom.For(name, lookup.Indicator)) { ["indicator"] = lookup.Indicator, ["id"] = id };
        string related = $"https://www.virustotal.com/api/v3/{lookup.Kind.Collection()}/{id}";
        string? next = null;
        json.WritePropertyName("data");
        if (IsToMany)
        {
            // About a third have none at all.
            int count = Math.Max(0, values.Random.Between(-Most / 2, Most));
            json.WriteStartArray();
            for (int i = 0; i < Math.Min(count, Page); i++)
            {
                Descriptor(json, values);
            }

            json.WriteEndArray();
            if (count > Page)
            {
                next = values.Random.Hex(24);
                json.WriteStartObject("meta");
                json.WriteNumber("count", count);
                json.WriteString("cursor", next);
                json.WriteEndObject();
            }
        }
        else
        {
            Descriptor(json, values);
        }

        json.WriteStartObject("links");
        json.WriteString("self", string.Create(CultureInfo.InvariantCulture, $"{related}/relationships/{name}?limit={Page}"));
        json.WriteString("related", $"{related}/{name}");
        if (next is not null)
        {
            json.WriteString("next", string.Create(CultureInfo.InvariantCulture, $"{related}/relationships/{name}?cursor={next}&limit={Page}"));
        }

        json.WriteEndObject();
    }

    private static Relationship Of(JsonElement template) => template.ValueKind == JsonValueKind.Array
        ? new Relationship(IsToMany: true, Template.Compile(template[0]))
        : new Relationship(IsToMany: false, Template.Compile(template));
}
