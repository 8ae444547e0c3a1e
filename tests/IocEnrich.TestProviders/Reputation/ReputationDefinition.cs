using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;

namespace IocEnrich.TestProviders.Reputation;

/// <summary>
/// A service that is as unlike VirusTotal as one can be: it knows addresses only, takes its key as a bearer token, lists what people have
/// reported, refuses keys with 402, and tells nobody the quota.
/// </summary>
internal sealed class ReputationDefinition : ProviderDefinition
{
    internal const string ProviderName = "Reputation";

    internal static ReputationDefinition Instance { get; } = new();

    public override string Name => ProviderName;

    public override Uri Endpoint { get; } = new("https://api.reputation.example/");

    public override LookupScope Scope { get; } = new(ProviderName, IndicatorType.IPv4, IndicatorType.IPv6);

    public override QuotaLimits Limits { get; } = new() { RequestsPerMinute = 60, RequestsPerDay = 1_000 };

    public override KeyDefinition Key { get; } = new()
    {
        Shape = "20 letters",
        Page = "reputation.example, under Account",
        Sources = [new EnvironmentKeySource("REPUTATION_TOKEN")],
    };

    public override int ReaderVersion => 1;

    public override EnrichmentResult? ReadReport(Indicator indicator, RawReport report, DateTimeOffset retrievedAt, VerdictThresholds thresholds)
    {
        ReputationReader reader = new();
        return JsonStream.TryRead(report, reader) ? reader.ToResult(indicator, thresholds, retrievedAt) : null;
    }

    public override IIndicatorProvider Connect(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null) =>
        new ReputationProvider(http, settings, timeProvider);
}
