using System.Text;
using System.Text.Json;
using IocEnrich.Engine.Redaction;

namespace IocEnrich.Engine.Http;

/// <summary>Texts out of an answer.</summary>
internal static class JsonText
{
    /// <summary>The text of the string token that the reader stands on, made safe to show.</summary>
    internal static string Read(ref Utf8JsonReader json) => ForeignText.CleanData(ReadRaw(ref json));

    /// <summary>The text of the string token that the reader stands on, as it is: to compare it, not to show it.</summary>
    internal static string ReadRaw(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate or bytes that are not UTF-8: such names are uploaded on purpose. They stay as they stand in the body.
            return Encoding.UTF8.GetString(json.ValueSpan);
        }
    }
}
