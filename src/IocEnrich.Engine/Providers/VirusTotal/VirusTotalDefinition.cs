using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>The definition of VirusTotal, API version 3.</summary>
public sealed class VirusTotalDefinition : ProviderDefinition
{
    internal const string ProviderName = "VirusTotal";

    private VirusTotalDefinition()
    {
    }

    /// <summary>The only instance.</summary>
    public static VirusTotalDefinition Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => ProviderName;

    /// <inheritdoc/>
    public override Uri Endpoint { get; } = new("https://www.virustotal.com/api/v3");

    /// <inheritdoc/>
    public override LookupScope Scope { get; } = new(
        ProviderName,
        IndicatorType.Md5, IndicatorType.Sha1, IndicatorType.Sha256, IndicatorType.Domain, IndicatorType.IPv4, IndicatorType.IPv6, IndicatorType.Url);

    /// <summary>The documented limits of the public key. Some keys have other limits, so these are only defaults.</summary>
    public override QuotaLimits Limits { get; } = new() { RequestsPerMinute = 4, RequestsPerDay = 500 };

    /// <inheritdoc/>
    public override KeyDefinition Key { get; } = new()
    {
        Shape = "64 hexadecimal digits",
        Page = "your profile page at virustotal.com, under API key",
        Sources =
        [
            new EnvironmentKeySource("VT_API_KEY"),
            new EnvironmentKeySource("VTCLI_APIKEY"),
            new FileKeySource(".vt.toml", "apikey", VtCliConfiguration.ReadKey),
        ],
    };

    /// <inheritdoc/>
    public override int ReaderVersion => ReportAttribute.ReaderVersion;

    /// <inheritdoc/>
    public override EnrichmentResult? ReadReport(Indicator indicator, RawReport report, DateTimeOffset retrievedAt, VerdictThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(report);
        ReportReader reader = new(indicator.Value);
        return JsonStream.TryRead(report, reader) && reader.Report is { } read && AskedObject.IsAnsweredBy(indicator, read, out _)
            ? read.ToResult(indicator, thresholds, retrievedAt)
            : null;
    }

    /// <inheritdoc/>
    public override IIndicatorProvider Connect(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null) =>
        new VirusTotalProvider(http, settings, timeProvider);

    /// <inheritdoc/>
    public override IQuotaReader? ConnectQuota(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null) =>
        new VirusTotalQuotaReader(http, settings, timeProvider);

    /// <summary>Gives a request the key, and says which tool asks.</summary>
    internal static Action<HttpRequestMessage> Authorize(ApiKey key) => request =>
    {
        request.Headers.TryAddWithoutValidation("x-apikey", key.Reveal());
        request.Headers.TryAddWithoutValidation("x-tool", "IocEnrich");
    };
}
