using System.Text.Json;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>
/// Reads what the engines hold of an indicator: the counts of <c>last_analysis_stats</c> where every one of them is there once and can be
/// read exactly, else the opinions of <c>last_analysis_results</c>, counted. Where neither can be read, there are no counts: a report that
/// is read in part could look better than it is.
/// </summary>
internal sealed class OpinionReader
{
    // Mutable structures: not to be made read-only.
    private Count _malicious;
    private Count _suspicious;
    private Count _harmless;
    private Count _undetected;

    private Opinion _current;
    private int _statsSeen;
    private bool _statsAreBroken;
    private bool _opinionsAreBroken;
    private bool _isCategory;
    private bool _hasOpinions;

    private enum Opinion
    {
        Unknown,
        Malicious,
        Suspicious,
        Harmless,
        Undetected,

        // A time-out, a failure, a type that the engine does not know.
        None,
    }

    /// <summary>The counts; <see langword="null"/> if the report has none, or none that can be read.</summary>
    internal DetectionCounts? Counts => HasStats ? Stated : _hasOpinions && !_opinionsAreBroken ? Counted : null;

    /// <summary>What cannot be read, where there are no counts for that reason; else <see langword="null"/>.</summary>
    internal string? Unreadable =>
        Counts is not null ? null : _statsSeen > 0 ? "last_analysis_stats" : _opinionsAreBroken ? "last_analysis_results" : null;

    // What is missing is nought, unless the verdict could be worse by it.
    private bool HasStats => _statsSeen == 1 && !_statsAreBroken
        && _malicious.IsStatedOnce && (_suspicious.IsStatedOnce || (_suspicious.IsMissing && _malicious.Stated > 0))
        && (_harmless.IsStatedOnce || _harmless.IsMissing) && (_undetected.IsStatedOnce || _undetected.IsMissing)
        && (long)_malicious.Stated + _suspicious.Stated + _harmless.Stated + _undetected.Stated <= int.MaxValue;

    private DetectionCounts Stated => new(_malicious.Stated, _suspicious.Stated, _harmless.Stated, _undetected.Stated);

    private DetectionCounts Counted => new(_malicious.Heard, _suspicious.Heard, _harmless.Heard, _undetected.Heard);

    /// <summary>The value of <c>last_analysis_stats</c>, or its beginning.</summary>
    internal void OnStats(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            _statsSeen++;
            _statsAreBroken |= json.TokenType != JsonTokenType.StartObject;
        }
    }

    /// <summary>The value of <c>last_analysis_results</c>, or its beginning.</summary>
    internal void OnResults(ref Utf8JsonReader json) =>
        _opinionsAreBroken |= json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.Null);

    /// <summary>A token within <c>last_analysis_stats</c>, whose members are at depth 4.</summary>
    internal void OnWithinStats(ref Utf8JsonReader json, int depth)
    {
        if (depth != 4 || json.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            return;
        }

        if (json.TokenType == JsonTokenType.PropertyName)
        {
            _current = OpinionOf(ref json);
            return;
        }

        switch (_current)
        {
            case Opinion.Malicious: _malicious.State(ref json); break;
            case Opinion.Suspicious: _suspicious.State(ref json); break;
            case Opinion.Harmless: _harmless.State(ref json); break;
            case Opinion.Undetected: _undetected.State(ref json); break;
        }
    }

    /// <summary>A token within <c>last_analysis_results</c>: an engine at depth 4, what it says at depth 5.</summary>
    internal void OnWithinResults(ref Utf8JsonReader json, int depth)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            _isCategory = depth == 5 && JsonName.Is(ref json, "category"u8);
        }
        else if (depth == 4)
        {
            _opinionsAreBroken |= json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject);
        }
        else if (depth == 5 && _isCategory && json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            Hear(json.TokenType == JsonTokenType.String ? OpinionOf(ref json) : Opinion.Unknown);
        }
    }

    private void Hear(Opinion opinion)
    {
        switch (opinion)
        {
            case Opinion.Malicious: _malicious.Heard++; break;
            case Opinion.Suspicious: _suspicious.Heard++; break;
            case Opinion.Harmless: _harmless.Heard++; break;
            case Opinion.Undetected: _undetected.Heard++; break;
            case Opinion.None: return;
            default: _opinionsAreBroken = true; return;
        }

        _hasOpinions = true;
    }

    private static Opinion OpinionOf(ref Utf8JsonReader json) =>
        JsonName.Is(ref json, "undetected"u8) ? Opinion.Undetected
        : JsonName.Is(ref json, "harmless"u8) ? Opinion.Harmless
        : JsonName.Is(ref json, "malicious"u8) ? Opinion.Malicious
        : JsonName.Is(ref json, "suspicious"u8) ? Opinion.Suspicious
        : JsonName.Is(ref json, "type-unsupported"u8) || JsonName.Is(ref json, "timeout"u8)
            || JsonName.Is(ref json, "confirmed-timeout"u8) || JsonName.Is(ref json, "failure"u8) ? Opinion.None
        : Opinion.Unknown;

    /// <summary>How many engines hold one opinion: as it is stated, and as it is heard from each.</summary>
    private struct Count
    {
        private int _times;

        internal int Stated { get; private set; }

        internal int Heard { get; set; }

        internal readonly bool IsStatedOnce => _times == 1;

        internal readonly bool IsMissing => _times == 0;

        internal void State(ref Utf8JsonReader json)
        {
            int count = 0;
            bool isExact = json.TokenType switch
            {
                JsonTokenType.Number => json.TryGetInt32(out count) ? count >= 0 : ExactCount.TryRead(json.ValueSpan, out count),
                JsonTokenType.String => !json.ValueIsEscaped && ExactCount.TryRead(json.ValueSpan, out count),
                _ => false,
            };

            // What cannot be read is no different from what is stated twice: nobody knows.
            _times += isExact ? 1 : 2;
            Stated = count;
        }
    }
}
