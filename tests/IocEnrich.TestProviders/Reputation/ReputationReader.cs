using System.Text.Json;
using IocEnrich.Engine.Http;

namespace IocEnrich.TestProviders.Reputation;

/// <summary>Reads <c>{"subject":"…","seen":[{"by":"…","rating":"bad"}],"holder":"…","cc":"…"}</c>.</summary>
internal sealed class ReputationReader : IJsonTokenSink
{
    private string _member = "";
    private string? _subject;
    private string? _holder;
    private string? _country;
    private int _bad;
    private int _good;

    public void OnToken(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            _member = JsonText.Read(ref json);
        }
        else if (json.TokenType == JsonTokenType.String)
        {
            string text = JsonText.Read(ref json);
            switch ((_member, json.CurrentDepth))
            {
                case ("subject", 1): _subject = text; break;
                case ("holder", 1): _holder = text; break;
                case ("cc", 1): _country = text; break;
                case ("rating", 3): _ = text == "bad" ? _bad++ : _good++; break;
            }
        }
    }

    internal EnrichmentResult? ToResult(Indicator indicator, VerdictThresholds thresholds, DateTimeOffset retrievedAt) => _subject == indicator.Value
        ? new EnrichmentResult
        {
            Indicator = indicator.Value,
            Type = indicator.Type,
            Status = EnrichmentStatus.Found,
            Verdict = new DetectionCounts(_bad, 0, _good, 0).ToVerdict(thresholds),
            Malicious = _bad,
            Suspicious = 0,
            Harmless = _good,
            Undetected = 0,
            AsOwner = _holder,
            Country = _country,
            Link = $"https://reputation.example/address/{Uri.EscapeDataString(indicator.Value)}",
            Requests = 1,
            RetrievedAt = retrievedAt,
            Provider = ReputationDefinition.ProviderName,
        }
        : null;
}
