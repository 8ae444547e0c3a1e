using System.Text.Json;

namespace IocEnrich.Engine.VirusTotal;

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

    internal string? Code { get; private set; }

    internal string? Message { get; private set; }

    /// <inheritdoc/>
    public void OnToken(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.CurrentDepth == 1)
            {
                _inError = json.ValueTextEquals("error"u8);
            }
            else if (json.CurrentDepth == 2)
            {
                _field = json.ValueTextEquals("code"u8) ? Field.Code : json.ValueTextEquals("message"u8) ? Field.Message : Field.Other;
            }
        }
        else if (_inError && json.CurrentDepth == 2 && json.TokenType == JsonTokenType.String)
        {
            switch (_field)
            {
                case Field.Code: Code = JsonText.Read(ref json); break;
                case Field.Message: Message = JsonText.Read(ref json); break;
            }
        }
    }
}
