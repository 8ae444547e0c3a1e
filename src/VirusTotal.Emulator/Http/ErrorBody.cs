using VirusTotal.Emulator.Answers;

namespace VirusTotal.Emulator.Http;

/// <summary>Writes <c>{"error":{"code","message"}}</c>.</summary>
internal static class ErrorBody
{
    /// <summary>The answer to a request that went wrong. Never compressed, as the service does not compress it either.</summary>
    public static Answer Of(ApiError error)
    {
        // Recorded errors have the two keys in either order: which one comes first hangs on the message, so it is always the same.
        bool codeFirst = (SeededRandom.Hash(error.Message) & 1) == 0;
        return new Answer(error.Status, JsonBody.Write(json =>
        {
            json.WriteStartObject("error");
            json.WriteString(codeFirst ? "code" : "message", codeFirst ? error.Code : error.Message);
            json.WriteString(codeFirst ? "message" : "code", codeFirst ? error.Message : error.Code);
            json.WriteEndObject();
        }));
    }
}
