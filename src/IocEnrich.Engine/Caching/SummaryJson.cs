using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>
/// The summary of a result as JSON: each of <see cref="ResultProperty.Summary"/> that has a value, by its name. What a later version has
/// added is passed over. Not thread-safe.
/// </summary>
/// <remarks>
/// System.Text.Json's own serializer sets what can only be set on creation through an array of boxed values, in which the defaults of all
/// that is missing are lost; and each process would compile it anew.
/// </remarks>
internal sealed class SummaryJson : IDisposable
{
    private static readonly Member[] Members = [.. ResultProperty.Summary.Select(static property => new Member(property, JsonEncodedText.Encode(property.Name)))];

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    // It is no page: what would be dangerous in one is a letter like any other, and takes one byte instead of six.
    internal SummaryJson() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes the summary of a result.</summary>
    /// <returns>The JSON, which is there until the next is written.</returns>
    internal ReadOnlySpan<byte> Write(EnrichmentResult result)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        foreach (Member member in Members)
        {
            Write(member.Property, member.Name, result);
        }

        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Gives a result what a summary says. Texts are made safe to show once more, as they were when they were read first.</summary>
    /// <param name="result">A result that nobody else has in hand yet.</param>
    /// <returns><see langword="false"/> if it is no summary: the result is of no use then.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> summary, EnrichmentResult result)
    {
        try
        {
            Utf8JsonReader json = new(summary);
            bool isSound = json.Read() && json.TokenType == JsonTokenType.StartObject;
            for (int next = 0; isSound && json.Read() && json.TokenType == JsonTokenType.PropertyName;)
            {
                ResultProperty? property = Find(ref json, ref next);
                json.Read();
                if (property is null)
                {
                    json.Skip();
                }
                else
                {
                    isSound = TrySet(property, ref json, result);
                }
            }

            return isSound && json.TokenType == JsonTokenType.EndObject && !json.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a text in it that is none: what damaged the row has made its checksum fit as well.
            return false;
        }
    }

    private void Write(ResultProperty property, JsonEncodedText name, EnrichmentResult result)
    {
        switch (property)
        {
            case ResultProperty<string?> text when text.Get(result) is { } value:
                _json.WriteString(name, value);
                break;
            case ResultProperty<int?> number when number.Get(result) is { } value:
                _json.WriteNumber(name, value);
                break;
            case ResultProperty<long?> number when number.Get(result) is { } value:
                _json.WriteNumber(name, value);
                break;
            case ResultProperty<DateTimeOffset?> time when time.Get(result) is { } value:
                _json.WriteNumber(name, value.ToUnixTimeMilliseconds());
                break;
            case ResultProperty<TextList> texts when texts.Get(result) is { Count: > 0 } values:
                _json.WriteStartArray(name);
                for (int index = 0; index < values.Count; index++)
                {
                    _json.WriteStringValue(values[index]);
                }

                _json.WriteEndArray();
                break;
        }
    }

    // They come in the order in which they were written: the next is nearly always one of the next few.
    private static ResultProperty? Find(ref Utf8JsonReader json, ref int next)
    {
        for (int step = 0; step < Members.Length; step++)
        {
            int index = next + step < Members.Length ? next + step : next + step - Members.Length;
            if (json.ValueTextEquals(Members[index].Name.EncodedUtf8Bytes))
            {
                next = index + 1;
                return Members[index].Property;
            }
        }

        return null;
    }

    private static bool TrySet(ResultProperty property, ref Utf8JsonReader json, EnrichmentResult result)
    {
        switch (property)
        {
            case ResultProperty<string?> text when json.TokenType == JsonTokenType.String:
                text.Set(result, Clean(ref json));
                return true;
            case ResultProperty<int?> number when json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int value):
                number.Set(result, value);
                return true;
            case ResultProperty<long?> number when json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long value):
                number.Set(result, value);
                return true;
            case ResultProperty<DateTimeOffset?> time when json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long milliseconds):
                DateTimeOffset? moment = StoredTime.Read(milliseconds);
                time.Set(result, moment);
                return moment is not null;
            case ResultProperty<TextList> texts when json.TokenType == JsonTokenType.StartArray:
                List<string> values = [];
                while (json.Read() && json.TokenType == JsonTokenType.String)
                {
                    values.Add(Clean(ref json));
                }

                texts.Set(result, new TextList(values));
                return json.TokenType == JsonTokenType.EndArray;
            default:
                return false;
        }
    }

    // They were cut before they were kept, and are not cut again.
    private static string Clean(ref Utf8JsonReader json) => DisplayText.Clean(json.GetString()!, int.MaxValue);

    private sealed class Member(ResultProperty property, JsonEncodedText name)
    {
        internal ResultProperty Property { get; } = property;

        internal JsonEncodedText Name { get; } = name;
    }
}
