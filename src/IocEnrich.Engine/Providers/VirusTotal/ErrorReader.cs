using System.Text.Json;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>Reads the service's error body, <c>{"error":{"code":"…","message":"…"}}</c>, the two in either order.</summary>
internal sealed class ErrorReader : IJsonTokenSink
{
    private bool _inError;
    private Field _field;

    private enum Field
    {
        Other,
        Code,
        Message,
    }

    /// <summary>The code, as the service sent it.</summary>
    internal string? Code { get; private set; }

    /// <summary>The message, as the service sent it: not safe to show.</summary>
    internal string? Message { get; private set; }

    /// <summary>What the service says of an answer that is none, as it says it.</summary>
    internal static async ValueTask<(string? Code, string? Message)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ErrorReader reader = new();
        try
        {
            await using AnswerBody body = await AnswerBody.OpenAsync(response, keep: false, BodyLimits.Error, cancellationToken);
            await body.ReadAsync(reader, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or AnswerTooLargeException)
        {
            // HTML, empty, or too long: the status says enough, and what was read of it so far says nothing.
            return default;
        }

        return (reader.Code, reader.Message);
    }

    /// <inheritdoc/>
    public void OnToken(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.CurrentDepth == 1)
            {
                _inError = JsonName.Is(ref json, "error"u8);
            }
            else if (json.CurrentDepth == 2)
            {
                _field = JsonName.Is(ref json, "code"u8) ? Field.Code : JsonName.Is(ref json, "message"u8) ? Field.Message : Field.Other;
            }
        }
        else if (_inError && json.CurrentDepth == 2 && json.TokenType == JsonTokenType.String)
        {
            switch (_field)
            {
                case Field.Code: Code = JsonText.ReadRaw(ref json); break;
                case Field.Message: Message = JsonText.ReadRaw(ref json); break;
            }
        }
    }
}
