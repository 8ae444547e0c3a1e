using System.Text.Json;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>
/// Picks what is wanted out of a report (<c>{"data":{"id","type","attributes":{…}}}</c>), token by token, as the body arrives. The body
/// is not held, and an attribute of an unexpected type is passed over: some have changed theirs over the years.
/// </summary>
/// <param name="asked">
/// The indicator that was asked for. Its value stands in the report again, and a text that is held already need not be made once more.
/// </param>
internal sealed class ReportReader(string? asked = null) : IJsonTokenSink
{
    // What each engine said, and which engine it was: five lines of eight, eighty times a report. Its category is what is counted.
    private static readonly ulong[] Unread = [JsonLines.Beginning("\"engine_"u8), JsonLines.Beginning("\"method\""u8), JsonLines.Beginning("\"result\""u8)];

    private readonly VirusTotalReport _report = new();

    private readonly OpinionReader _opinions = new();

    private bool _hasData;
    private bool _inData;
    private bool _inAttributes;
    private DataField _dataField;
    private ReportAttribute? _attribute;
    private bool _isThreatLabel;

    private enum DataField
    {
        Other,
        Data,
        Id,
        Type,
        Attributes,
    }

    /// <summary>
    /// What was read; <see langword="null"/> if the body is JSON, but not a report, or says twice what it is about.
    /// </summary>
    internal VirusTotalReport? Report
    {
        get
        {
            _report.Detections = _opinions.Counts;
            _report.Unreadable = _opinions.Unreadable;
            return _report is { HasAttributes: true, IsAmbiguous: false } ? _report : null;
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<ulong> UnreadLines => Unread;

    /// <inheritdoc/>
    public void OnToken(ref Utf8JsonReader json)
    {
        // CurrentDepth counts the containers around a token: 1 in the root, 2 in data, 3 in attributes, 4 and more within an attribute.
        int depth = json.CurrentDepth;
        if (depth > 3)
        {
            if (_inAttributes && _attribute is not null)
            {
                OnWithinAttribute(ref json, _attribute, depth);
            }
        }
        else if (json.TokenType == JsonTokenType.PropertyName)
        {
            OnName(ref json, depth);
        }
        else if (depth == 3 && _inAttributes)
        {
            // What is not wanted is not made a string either: a whois record has thousands of characters.
            if (_attribute is not null)
            {
                OnAttribute(ref json, _attribute);
            }
        }
        else if (depth == 2 && _inData && _dataField is DataField.Id or DataField.Type && json.TokenType == JsonTokenType.String)
        {
            OnHead(ref json);
        }
        else if (json.TokenType == JsonTokenType.StartObject)
        {
            if (depth == 1 && _dataField == DataField.Data)
            {
                _inData = true;
            }
            else if (depth == 2 && _inData && _dataField == DataField.Attributes)
            {
                _inAttributes = true;
                _report.HasAttributes = true;
            }
        }
    }

    private void OnName(ref Utf8JsonReader json, int depth)
    {
        switch (depth)
        {
            case 1:
                _inData = false;
                _inAttributes = false;
                _dataField = JsonName.Is(ref json, "data"u8) ? DataField.Data : DataField.Other;
                _report.IsAmbiguous |= _hasData && _dataField == DataField.Data;
                _hasData |= _dataField == DataField.Data;
                break;
            case 2 when _inData:
                _inAttributes = false;
                _dataField = JsonName.Is(ref json, "attributes"u8) ? DataField.Attributes
                    : JsonName.Is(ref json, "id"u8) ? DataField.Id
                    : JsonName.Is(ref json, "type"u8) ? DataField.Type
                    : DataField.Other;
                _report.IsAmbiguous |= _dataField == DataField.Attributes && _report.HasAttributes;
                break;
            case 3 when _inAttributes:
                _attribute = ReportAttribute.Of(ref json);
                _isThreatLabel = false;
                break;
        }
    }

    private void OnHead(ref Utf8JsonReader json)
    {
        if (_dataField == DataField.Id)
        {
            _report.Id = _report.Once(_report.Id, Text(ref json));
        }
        else
        {
            _report.Type = _report.Once(_report.Type, TypeOf(ref json));
        }
    }

    private void OnAttribute(ref Utf8JsonReader json, ReportAttribute attribute)
    {
        if (attribute.Form == AttributeForm.Stats)
        {
            _opinions.OnStats(ref json);
        }
        else if (attribute.Form == AttributeForm.Opinions)
        {
            _opinions.OnResults(ref json);
        }
        else if (json.TokenType == JsonTokenType.String)
        {
            if (attribute.Text is { } take && (attribute.AskedLength == 0 || attribute.AskedLength == asked?.Length))
            {
                take(_report, attribute.Form == AttributeForm.RawText ? Raw(ref json) : Text(ref json));
            }
        }
        else if (json.TokenType == JsonTokenType.Number && attribute.Number is { } takeNumber && json.TryGetInt64(out long number))
        {
            takeNumber(_report, number);
        }
    }

    private string Text(ref Utf8JsonReader json) =>
        asked is not null && !json.ValueIsEscaped && json.ValueTextEquals(asked) ? DisplayText.Clean(asked) : JsonText.Read(ref json);

    // The four there are need not be made once more for each report.
    private static string TypeOf(ref Utf8JsonReader json) =>
        JsonName.Is(ref json, "file"u8) ? "file"
        : JsonName.Is(ref json, "domain"u8) ? "domain"
        : JsonName.Is(ref json, "ip_address"u8) ? "ip_address"
        : JsonName.Is(ref json, "url"u8) ? "url"
        : JsonText.Read(ref json);

    // Not cut: a URL may be longer than what is shown of a text.
    private string Raw(ref Utf8JsonReader json) =>
        asked is not null && !json.ValueIsEscaped && json.ValueTextEquals(asked) ? asked : JsonText.ReadRaw(ref json);

    private void OnWithinAttribute(ref Utf8JsonReader json, ReportAttribute attribute, int depth)
    {
        switch (attribute.Form)
        {
            case AttributeForm.Stats:
                _opinions.OnWithinStats(ref json, depth);
                break;
            case AttributeForm.Opinions:
                _opinions.OnWithinResults(ref json, depth);
                break;
            case AttributeForm.ThreatClassification when json.TokenType == JsonTokenType.PropertyName:
                _isThreatLabel = depth == 4 && JsonName.Is(ref json, "suggested_threat_label"u8);
                break;
            case AttributeForm.ThreatClassification when _isThreatLabel && depth == 4 && json.TokenType == JsonTokenType.String:
                _report.SuggestedThreatLabel = JsonText.Read(ref json);
                break;
            case AttributeForm.Plain when depth == 4 && json.TokenType == JsonTokenType.String:
                attribute.Member?.Invoke(_report, ref json);
                break;
        }
    }
}
