using System.Text.Json;

namespace IocEnrich.Engine.Http;

/// <summary>Compares names and texts of an answer with those that are looked for.</summary>
internal static class JsonName
{
    /// <summary>Whether the name or text that the reader stands on is this one.</summary>
    /// <remarks>
    /// The reader itself throws where an escaped text holds half of a surrogate pair: such names are sent on purpose, and are never one
    /// that is looked for.
    /// </remarks>
    internal static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        if (!json.ValueIsEscaped)
        {
            return json.ValueSpan.SequenceEqual(name);
        }

        try
        {
            return json.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The name that the reader stands on, without its escapes; empty if it has half of a surrogate pair.</summary>
    internal static ReadOnlySpan<byte> Unescape(ref Utf8JsonReader json)
    {
        byte[] name = new byte[json.ValueSpan.Length];
        try
        {
            return name.AsSpan(0, json.CopyString(name));
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
