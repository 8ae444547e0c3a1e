using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VirusTotal.Emulator.Answers;

/// <summary>A whole answer, ready to be sent.</summary>
/// <param name="Body">The bytes of the body, as they go over the wire.</param>
/// <param name="IsGzip">Whether they are compressed.</param>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, bool IsGzip = false, string ContentType = Answer.Json)
{
    public const string Json = "application/json; charset=utf-8";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        IndentSize = 4,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A small answer, indented as the service does.</summary>
    public static Answer Of(int status, JsonObject body) => new(status, JsonSerializer.SerializeToUtf8Bytes(body, Indented));

    /// <summary>The same answer, uncompressed.</summary>
    public Answer Expanded() => IsGzip ? this with { Body = Gzip.Expand(Body), IsGzip = false } : this;
}
