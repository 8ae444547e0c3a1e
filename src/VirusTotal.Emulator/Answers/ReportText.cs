using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Answers;

/// <summary>
/// Writes reports, indented as the service does. A report has two parts: the head, which ends where the panel of engines ends, and the
/// rest, which is the indicator's own.
/// </summary>
internal static class ReportText
{
    // The service escapes what is beyond ASCII in some answers and sends it as it is in others: a reader must take both.
    private static readonly JsonWriterOptions Escaped = new() { Indented = true, IndentSize = 4 };
    private static readonly JsonWriterOptions Plain = Escaped with { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TemplatePart[] Attributes =
        [.. Enum.GetValues<LookupKind>().Select(static kind => Template.CompileMembers(Template.Read(kind.ObjectType())))];

    private static readonly TemplatePart EicarAttributes = Template.CompileMembers(Template.Read("eicar"));
    private static readonly int OpeningLength = Head(null).Length;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    /// <summary>The beginning of every report that this panel judges; without a panel, of every report that has no analysis.</summary>
    public static byte[] Head(EnginePanel? panel)
    {
        ArrayBufferWriter<byte> buffer = new(32 * 1024);
        using Utf8JsonWriter json = new(buffer, Plain);
        Open(json);
        panel?.Write(json);
        json.Flush();
        return panel is null ? buffer.WrittenSpan.ToArray() : [.. buffer.WrittenSpan, (byte)','];
    }

    /// <summary>The rest of a report. The span is good until this thread writes the next one.</summary>
    public static ReadOnlySpan<byte> Rest(LookupRequest lookup, EmulatedVerdict verdict, IReadOnlyDictionary<string, string> family)
    {
        ArrayBufferWriter<byte> buffer = scratch ??= new ArrayBufferWriter<byte>(64 * 1024);
        buffer.ResetWrittenCount();
        SeededRandom random = SeededRandom.For("report", lookup.Indicator);
        using (Utf8JsonWriter json = new(buffer, random.Chance(0.5) ? Plain : Escaped))
        {
            TemplateValues values = Values(random, lookup, verdict, family);
            Open(json);
            (lookup.Indicator == WellKnown.Eicar.Sha256 ? EicarAttributes : Attributes[(int)lookup.Kind])(json, values);
            json.WriteEndObject();
            json.WriteString("type", lookup.Kind.ObjectType());
            json.WriteString("id", values["id"]);
            json.WriteStartObject("links");
            json.WriteString("self", $"https://www.virustotal.com/api/v3/{lookup.Kind.Collection()}/{values["id"]}");
            json.WriteEndObject();
            Relationship.WriteAll(json, lookup, values["id"]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan[OpeningLength..];
    }

    private static TemplateValues Values(
        SeededRandom random, LookupRequest lookup, EmulatedVerdict verdict, IReadOnlyDictionary<string, string> family)
    {
        bool bad = verdict.MaliciousEngines > 2;

        // The service adds names up only where enough engines gave one.
        TemplateValues values = new(random)
        {
            ["indicator"] = lookup.Indicator,
            ["id"] = lookup.Kind == LookupKind.Url ? UrlId.Sha256(lookup.Indicator) : lookup.Indicator,
            ["bad"] = bad ? "yes" : "",
            ["judgement"] = bad ? "bad" : "good",
            ["classified"] = verdict.MaliciousEngines < 5 ? "" : "yes",
            ["votes"] = $"{verdict.MaliciousEngines * 2 / 3}",
        };
        values.SetRow("family", family);
        switch (lookup.Kind)
        {
            case LookupKind.File:
                FileHashes hashes = FileHashes.Of(lookup.Indicator);
                (values["md5"], values["sha1"], values["sha256"], values["id"]) = (hashes.Md5, hashes.Sha1, hashes.Sha256, hashes.Sha256);
                values["empty"] = hashes == WellKnown.EmptyFile ? "yes" : "";
                break;
            case LookupKind.Domain:
                values["tld"] = lookup.Indicator[(lookup.Indicator.LastIndexOf('.') + 1)..];
                break;
            case LookupKind.IpAddress:
                values["network"] = Network(lookup.Indicator);
                break;
        }

        return values;
    }

    private static string Network(string address) => address.Split(':') switch
    {
        [_] => $"{address[..address.LastIndexOf('.')]}.0/24",
        [{ } first, "", ..] => $"{first}::/32",
        [{ } first, { } second, ..] => $"{first}:{second}::/32",
        _ => throw new ArgumentException($"\"{address}\" is no address.", nameof(address)),
    };

    private static void Open(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteStartObject("attributes");
    }
}
