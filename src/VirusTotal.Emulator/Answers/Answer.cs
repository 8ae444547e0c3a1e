namespace VirusTotal.Emulator.Answers;

/// <summary>A whole answer, ready to be sent.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The bytes of the body, as they go over the wire.</param>
/// <param name="IsGzip">Whether they are compressed.</param>
/// <param name="ContentType">The media type.</param>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, bool IsGzip = false, string ContentType = Answer.Json)
{
    public const string Json = "application/json; charset=utf-8";
}
