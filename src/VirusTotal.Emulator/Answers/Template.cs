using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>Writes a part of a template, with its places filled.</summary>
internal delegate void TemplatePart(Utf8JsonWriter json, TemplateValues values);

/// <summary>Compiles the files in <c>Templates/</c>; the README beside them explains their notation.</summary>
internal static class Template
{
    public static JsonElement Read(string name)
    {
        using Stream stream = typeof(Template).Assembly.GetManifestResourceStream($"{name}.json")
            ?? throw new ArgumentException($"There is no template \"{name}\".", nameof(name));
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    public static TemplatePart Compile(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.TryGetProperty("$lines", out JsonElement lines):
                return CompileText(string.Join('\n', lines.EnumerateArray().Select(static line => line.GetString())));
            case JsonValueKind.Object:
                TemplatePart members = CompileMembers(element);
                return (json, values) =>
                {
                    json.WriteStartObject();
                    members(json, values);
                    json.WriteEndObject();
                };
            case JsonValueKind.Array:
                TemplatePart items = InOrder(element.EnumerateArray().Select(CompileItem));
                return (json, values) =>
                {
                    json.WriteStartArray();
                    items(json, values);
                    json.WriteEndArray();
                };
            case JsonValueKind.String:
                return CompileText(element.GetString()!);
            default:
                string text = element.GetRawText();
                return (json, _) => json.WriteRawValue(text, skipInputValidation: true);
        }
    }

    /// <summary>The members of an object without its braces, so that they can follow others.</summary>
    public static TemplatePart CompileMembers(JsonElement element) => InOrder(element.EnumerateObject()
        .Where(static member => member.Name is not ("*" or "?"))
        .SelectMany(static member => member.Name == "$let" ? member.Value.EnumerateObject().Select(CompileLet) : [CompileMember(member)]));

    private static TemplatePart CompileMember(JsonProperty member)
    {
        int mark = member.Name.IndexOf(" ?", StringComparison.Ordinal);
        string text = mark < 0 ? member.Name : member.Name[..mark];
        JsonEncodedText encoded = JsonEncodedText.Encode(text);
        Func<TemplateValues, string>? name = text.Contains('{') ? TemplateText.Compile(text) : null;
        Func<TemplateValues, bool> holds = TemplateText.CompileCondition(mark < 0 ? "" : member.Name[(mark + 2)..]);
        TemplatePart value = Compile(member.Value);
        return (json, values) =>
        {
            if (holds(values))
            {
                json.WritePropertyName(name is null ? encoded : JsonEncodedText.Encode(name(values)));
                value(json, values);
            }
        };
    }

    private static TemplatePart CompileLet(JsonProperty member)
    {
        string text = member.Value.GetString()!;
        if (member.Name.StartsWith('@'))
        {
            string prefix = member.Name[1..];
            return (_, values) => values.SetRow(prefix, text);
        }

        Func<TemplateValues, string> value = TemplateText.Compile(text);
        return (_, values) => values[member.Name] = value(values);
    }

    /// <summary>One entry of an array, which may come several times or under a condition.</summary>
    private static TemplatePart CompileItem(JsonElement item)
    {
        (string mark, TemplatePart part) = item switch
        {
            { ValueKind: JsonValueKind.Object } when item.TryGetProperty("*", out JsonElement range) => ($"*{range}", Compile(item)),
            { ValueKind: JsonValueKind.Object } when item.TryGetProperty("?", out JsonElement condition) => ($"?{condition}", Compile(item)),
            { ValueKind: JsonValueKind.String } when item.GetString()!.Split(' ', 2) is [['*' or '?', ..] first, { } text] => (first, CompileText(text)),
            _ => ("?", Compile(item)),
        };
        (int least, int most) = mark.StartsWith('*') ? TemplateText.Range(mark[1..]) : (1, 1);
        Func<TemplateValues, bool> holds = TemplateText.CompileCondition(mark.StartsWith('?') ? mark[1..] : "");
        return (json, values) =>
        {
            for (int left = !holds(values) ? 0 : least == most ? least : values.Random.Between(least, most); left > 0; left--)
            {
                part(json, values);
            }
        };
    }

    private static TemplatePart CompileText(string text)
    {
        if (text.StartsWith('@'))
        {
            return Compile(Read(text[1..]));
        }

        Func<TemplateValues, string> value = TemplateText.Compile(text.StartsWith('#') ? text[1..] : text);
        return text.StartsWith('#')
            ? (json, values) => json.WriteRawValue(value(values), skipInputValidation: true)
            : (json, values) => json.WriteStringValue(value(values));
    }

    private static TemplatePart InOrder(IEnumerable<TemplatePart> parts)
    {
        TemplatePart[] all = [.. parts];
        return (json, values) =>
        {
            foreach (TemplatePart part in all)
            {
                part(json, values);
            }
        };
    }
}
