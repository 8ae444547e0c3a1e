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
    private bool _isAmbiguous;
    private bool _inData;
    private bool _inAttributes;
    private DataField _dataField;
    private AttributeField _field;
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
    /// What was read; <see langword="null"/> where the body is JSON, but not a report, or says twice what it is about.
    /// </summary>
    internal VirusTotalReport? Report
    {
        get
        {
            _report.Detections = _opinions.Counts;
            _report.Unreadable = _opinions.Unreadable;
            return _report.HasAttributes && !_isAmbiguous ? _report : null;
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
            if (_inAttributes && _field != AttributeField.Other)
            {
                OnWithinAttribute(ref json, depth);
            }
        }
        else if (json.TokenType == JsonTokenType.PropertyName)
        {
            OnName(ref json, depth);
        }
        else if (depth == 3 && _inAttributes)
        {
            // What is not wanted is not made a string either: a whois record has thousands of characters.
            if (_field != AttributeField.Other)
            {
                OnAttribute(ref json);
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
                _isAmbiguous |= _hasData && _dataField == DataField.Data;
                _hasData |= _dataField == DataField.Data;
                break;
            case 2 when _inData:
                _inAttributes = false;
                _dataField = JsonName.Is(ref json, "attributes"u8) ? DataField.Attributes
                    : JsonName.Is(ref json, "id"u8) ? DataField.Id
                    : JsonName.Is(ref json, "type"u8) ? DataField.Type
                    : DataField.Other;
                _isAmbiguous |= _dataField == DataField.Attributes && _report.HasAttributes;
                break;
            case 3 when _inAttributes:
                _field = AttributeFields.Of(ref json);
                _isThreatLabel = false;
                break;
        }
    }

    private void OnHead(ref Utf8JsonReader json)
    {
        if (_dataField == DataField.Id)
        {
            _report.Id = Once(_report.Id, Text(ref json));
        }
        else
        {
            _report.Type = Once(_report.Type, TypeOf(ref json));
        }
    }

    private void OnAttribute(ref Utf8JsonReader json)
    {
        switch (_field)
        {
            case AttributeField.LastAnalysisStats:
                _opinions.OnStats(ref json);
                return;
            case AttributeField.LastAnalysisResults:
                _opinions.OnResults(ref json);
                return;
            case AttributeField.Url when json.TokenType == JsonTokenType.String:
                _report.Url = Once(_report.Url, Raw(ref json));
                return;

            // Only the hash that was asked for is compared; see AskedObject.
            case AttributeField.Md5 when asked?.Length != 32:
            case AttributeField.Sha1 when asked?.Length != 40:
                return;
        }

        switch (json.TokenType)
        {
            case JsonTokenType.String:
                OnAttributeText(Text(ref json));
                break;
            case JsonTokenType.Number:
                if (json.TryGetInt64(out long number))
                {
                    OnAttributeNumber(number);
                }

                break;
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

    /// <summary>Which object it is, must not be said in two ways.</summary>
    private string Once(string? before, string text)
    {
        _isAmbiguous |= before is not null && before != text;
        return text;
    }

    private void OnAttributeText(string text)
    {
        switch (_field)
        {
            case AttributeField.MeaningfulName: _report.MeaningfulName = text; break;
            case AttributeField.Title: _report.Title = text; break;
            case AttributeField.TypeDescription: _report.TypeDescription = text; break;
            case AttributeField.Sha256: _report.Sha256 = Once(_report.Sha256, text); break;
            case AttributeField.Sha1: _report.Sha1 = Once(_report.Sha1, text); break;
            case AttributeField.Md5: _report.Md5 = Once(_report.Md5, text); break;
            case AttributeField.Country: _report.Country = text; break;
            case AttributeField.AsOwner: _report.AsOwner = text; break;
            case AttributeField.Network: _report.Network = text; break;
            case AttributeField.Registrar: _report.Registrar = text; break;
            case AttributeField.LastFinalUrl: _report.LastFinalUrl = text; break;
        }
    }

    private void OnAttributeNumber(long number)
    {
        switch (_field)
        {
            case AttributeField.Reputation: _report.Reputation = (int)Math.Clamp(number, int.MinValue, int.MaxValue); break;
            case AttributeField.Size: _report.Size = number; break;
            case AttributeField.Asn: _report.Asn = number; break;
            case AttributeField.LastHttpResponseCode: _report.LastHttpResponseCode = number is > 0 and < 1000 ? (int)number : null; break;
            case AttributeField.LastAnalysisDate: _report.LastAnalysisDate = Time(number); break;
            case AttributeField.FirstSubmissionDate: _report.FirstSubmissionDate = Time(number); break;
            case AttributeField.CreationDate: _report.CreationDate = Time(number); break;
        }
    }

    private void OnWithinAttribute(ref Utf8JsonReader json, int depth)
    {
        switch (_field)
        {
            case AttributeField.LastAnalysisStats:
                _opinions.OnWithinStats(ref json, depth);
                break;
            case AttributeField.LastAnalysisResults:
                _opinions.OnWithinResults(ref json, depth);
                break;
            case AttributeField.PopularThreatClassification when json.TokenType == JsonTokenType.PropertyName:
                _isThreatLabel = depth == 4 && JsonName.Is(ref json, "suggested_threat_label"u8);
                break;
            default:
                if (depth == 4 && json.TokenType == JsonTokenType.String)
                {
                    OnMemberText(ref json);
                }

                break;
        }
    }

    private void OnMemberText(ref Utf8JsonReader json)
    {
        switch (_field)
        {
            case AttributeField.Tags: Add(_report.Tags ??= [], ref json); break;
            case AttributeField.ThreatNames: Add(_report.ThreatNames ??= [], ref json); break;
            case AttributeField.Categories: Add(_report.Categories ??= [], ref json); break;
            case AttributeField.Names: _report.FirstName ??= JsonText.Read(ref json); break;
            case AttributeField.PopularThreatClassification when _isThreatLabel:
                _report.SuggestedThreatLabel = JsonText.Read(ref json);
                break;
        }
    }

    private static void Add(List<string> list, ref Utf8JsonReader json)
    {
        if (list.Count < VirusTotalReport.MaxListed && JsonText.Read(ref json) is { Length: > 0 } text && !list.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            list.Add(text);
        }
    }

    private static DateTimeOffset? Time(long unixSeconds) =>
        unixSeconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(unixSeconds) : null;
}
