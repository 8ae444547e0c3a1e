using System.Text.Json;

namespace IocEnrich.Engine.VirusTotal;

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

    // Mutable structures: not to be made read-only.
    private OpinionCounter _stats;
    private OpinionCounter _opinions;

    private bool _inData;
    private bool _inAttributes;
    private DataField _dataField;
    private AttributeField _field;
    private MemberField _member;

    private enum DataField
    {
        Other,
        Data,
        Id,
        Attributes,
    }

    private enum MemberField
    {
        Other,
        Malicious,
        Suspicious,
        Harmless,
        Undetected,
        SuggestedThreatLabel,
        Category,
    }

    /// <summary>What was read; <see langword="null"/> where the body is JSON, but not a report.</summary>
    internal VirusTotalReport? Report
    {
        get
        {
            _report.Detections = _stats.Counts ?? _opinions.Counts;
            return _report.HasAttributes ? _report : null;
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
        else if (depth == 2 && _inData && _dataField == DataField.Id && json.TokenType == JsonTokenType.String)
        {
            _report.Id = Text(ref json);
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
                _dataField = json.ValueTextEquals("data"u8) ? DataField.Data : DataField.Other;
                break;
            case 2 when _inData:
                _inAttributes = false;
                _dataField = json.ValueTextEquals("attributes"u8) ? DataField.Attributes
                    : json.ValueTextEquals("id"u8) ? DataField.Id
                    : DataField.Other;
                break;
            case 3 when _inAttributes:
                _field = AttributeFields.Of(ref json);
                _member = MemberField.Other;
                break;
        }
    }

    private void OnAttribute(ref Utf8JsonReader json)
    {
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

    private void OnAttributeText(string text)
    {
        switch (_field)
        {
            case AttributeField.MeaningfulName: _report.MeaningfulName = text; break;
            case AttributeField.Title: _report.Title = text; break;
            case AttributeField.TypeDescription: _report.TypeDescription = text; break;
            case AttributeField.Sha256: _report.Sha256 = text; break;
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
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            OnMemberName(ref json, depth);
        }
        else if (json.TokenType == JsonTokenType.String)
        {
            OnMemberText(ref json, depth);
        }
        else if (json.TokenType == JsonTokenType.Number && depth == 4 && _field == AttributeField.LastAnalysisStats
            && _member != MemberField.Other && json.TryGetInt32(out int count) && count >= 0)
        {
            _stats.Heard = true;
            switch (_member)
            {
                case MemberField.Malicious: _stats.Malicious = count; break;
                case MemberField.Suspicious: _stats.Suspicious = count; break;
                case MemberField.Harmless: _stats.Harmless = count; break;
                case MemberField.Undetected: _stats.Undetected = count; break;
            }
        }
    }

    private void OnMemberName(ref Utf8JsonReader json, int depth)
    {
        if (_field == AttributeField.LastAnalysisResults)
        {
            _member = depth == 5 && json.ValueTextEquals("category"u8) ? MemberField.Category : MemberField.Other;
        }
        else if (depth != 4)
        {
            _member = MemberField.Other;
        }
        else if (_field == AttributeField.LastAnalysisStats)
        {
            _member = Opinion(ref json);
        }
        else
        {
            _member = _field == AttributeField.PopularThreatClassification && json.ValueTextEquals("suggested_threat_label"u8)
                ? MemberField.SuggestedThreatLabel
                : MemberField.Other;
        }
    }

    private void OnMemberText(ref Utf8JsonReader json, int depth)
    {
        if (_field == AttributeField.LastAnalysisResults)
        {
            if (depth == 5 && _member == MemberField.Category)
            {
                CountOpinion(Opinion(ref json));
            }
        }
        else if (depth == 4)
        {
            switch (_field)
            {
                case AttributeField.Tags: Add(_report.Tags ??= [], ref json); break;
                case AttributeField.ThreatNames: Add(_report.ThreatNames ??= [], ref json); break;
                case AttributeField.Categories: Add(_report.Categories ??= [], ref json); break;
                case AttributeField.Names: _report.FirstName ??= JsonText.Read(ref json); break;
                case AttributeField.PopularThreatClassification when _member == MemberField.SuggestedThreatLabel:
                    _report.SuggestedThreatLabel = JsonText.Read(ref json);
                    break;
            }
        }
    }

    private void CountOpinion(MemberField opinion)
    {
        switch (opinion)
        {
            case MemberField.Malicious: _opinions.Malicious++; break;
            case MemberField.Suspicious: _opinions.Suspicious++; break;
            case MemberField.Harmless: _opinions.Harmless++; break;
            case MemberField.Undetected: _opinions.Undetected++; break;
            default: return;
        }

        _opinions.Heard = true;
    }

    private static MemberField Opinion(ref Utf8JsonReader json) =>
        json.ValueTextEquals("undetected"u8) ? MemberField.Undetected
        : json.ValueTextEquals("harmless"u8) ? MemberField.Harmless
        : json.ValueTextEquals("malicious"u8) ? MemberField.Malicious
        : json.ValueTextEquals("suspicious"u8) ? MemberField.Suspicious
        : MemberField.Other;

    private static void Add(List<string> list, ref Utf8JsonReader json)
    {
        if (list.Count < VirusTotalReport.MaxListed && JsonText.Read(ref json) is { Length: > 0 } text && !list.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            list.Add(text);
        }
    }

    private static DateTimeOffset? Time(long unixSeconds) =>
        unixSeconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(unixSeconds) : null;

    private struct OpinionCounter
    {
        internal bool Heard { get; set; }

        internal int Malicious { get; set; }

        internal int Suspicious { get; set; }

        internal int Harmless { get; set; }

        internal int Undetected { get; set; }

        internal readonly DetectionCounts? Counts => Heard ? new DetectionCounts(Malicious, Suspicious, Harmless, Undetected) : null;
    }
}
