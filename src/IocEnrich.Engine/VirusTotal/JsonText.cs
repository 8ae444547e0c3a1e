using System.Text;
using System.Text.Json;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>Texts out of an answer, made safe to show.</summary>
internal static class JsonText
{
    /// <summary>The text of the string token that the reader stands on.</summary>
    internal static string Read(ref Utf8JsonReader json)
    {
        try
        {
            return DisplayText.Clean(json.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate or bytes that are not UTF-8: such names are uploaded on purpose. Shown as they stand in the body.
            return DisplayText.Clean(Encoding.UTF8.GetString(json.ValueSpan));
        }
    }
}
