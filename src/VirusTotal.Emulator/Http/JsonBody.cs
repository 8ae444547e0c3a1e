using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VirusTotal.Emulator.Http;

/// <summary>Writes small bodies the way the service does: an object, indented by four.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 4,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(Action<Utf8JsonWriter> writeProperties)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, Options);
        json.WriteStartObject();
        writeProperties(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
