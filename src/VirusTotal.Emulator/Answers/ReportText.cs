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
    private static readonly byte[] Opening = WriteOpening();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    /// <summary>The beginning of every report that this panel judges; without a panel, of every report that has no analysis.</summary>
    public static byte[] Head(EnginePanel? panel)
    {
        if (panel is null)
        {
            return Opening;
        }

        ArrayBufferWriter<byte> buffer = new(32 * 1024);
        using Utf8JsonWriter json = new(buffer, Plain);
        Open(json);
        panel.Write(json);
        json.Flush();
        return [.. buffer.WrittenSpan, (byte)','];
    }

    /// <summary>The rest of a report. The span is good until this thread writes the next one.</summary>
    public static ReadOnlySpan<byte> Rest(LookupRequest lookup, EmulatedVerdict verdict, ThreatFamily? family)
    {
        ArrayBufferWriter<byte> buffer = scratch ??= new ArrayBufferWriter<byte>(64 * 1024);
        buffer.ResetWrittenCount();
        SeededRandom random = SeededRandom.For("report", lookup.Indicator);
        using (Utf8JsonWriter json = new(buffer, random.Chance(0.5) ? Plain : Escaped))
        {
            Open(json);
            string id = WriteAttributes(json, random, lookup, verdict, family);
            json.WriteEndObject();
            json.WriteString("type", lookup.Kind.ObjectType());
            json.WriteString("id", id);
            json.WriteStartObject("links");
            json.WriteString("self", $"https://www.virustotal.com/api/v3/{lookup.Kind.Collection()}/{id}");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan[Opening.Length..];
    }

    private static string WriteAttributes(
        Utf8JsonWriter json, SeededRandom random, LookupRequest lookup, EmulatedVerdict verdict, ThreatFamily? family)
    {
        switch (lookup.Kind)
        {
            case LookupKind.File:
                FileHashes hashes = FileHashes.Of(lookup);
                FileReport.Write(json, random, hashes, verdict, family);
                return hashes.Sha256;
            case LookupKind.Domain:
                DomainReport.Write(json, random, lookup.Indicator, verdict);
                return lookup.Indicator;
            case LookupKind.IpAddress:
                IpAddressReport.Write(json, random, lookup.Indicator, verdict);
                return lookup.Indicator;
            default:
                UrlReport.Write(json, random, lookup.Indicator, verdict, family);
                return UrlId.Sha256(lookup.Indicator);
        }
    }

    private static byte[] WriteOpening()
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, Plain);
        Open(json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Open(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteStartObject("attributes");
    }
}
