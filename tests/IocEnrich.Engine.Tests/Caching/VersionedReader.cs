using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>VirusTotal with a reader of another version: one that has been, or one that is yet to come.</summary>
/// <param name="version">The version.</param>
/// <param name="read">What it makes of what today's reader reads.</param>
internal sealed class VersionedReader(int version, Func<EnrichmentResult, EnrichmentResult?> read) : ProviderDefinition
{
    private static readonly VirusTotalDefinition Now = VirusTotalDefinition.Instance;

    private int _reads;

    /// <summary>The first there was, whichever there are by now.</summary>
    internal static VersionedReader First { get; } = new(1, static result => result);

    public override string Name => Now.Name;

    public override Uri Endpoint => Now.Endpoint;

    public override LookupScope Scope => Now.Scope;

    public override QuotaLimits Limits => Now.Limits;

    public override KeyDefinition Key => Now.Key;

    public override int ReaderVersion => version;

    /// <summary>How many reports it has read.</summary>
    internal int Reads => Volatile.Read(ref _reads);

    /// <summary>The next one, which reads one thing more, or something else.</summary>
    internal static VersionedReader Later(Func<EnrichmentResult, EnrichmentResult?>? read = null) =>
        new(Now.ReaderVersion + 1, read ?? (static result => result with { Registrar = "new" }));

    public override EnrichmentResult? ReadReport(Indicator indicator, RawReport report, DateTimeOffset retrievedAt, VerdictThresholds thresholds)
    {
        Interlocked.Increment(ref _reads);
        return Now.ReadReport(indicator, report, retrievedAt, thresholds) is { } result ? read(result) : null;
    }

    public override IIndicatorProvider Connect(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null) =>
        Now.Connect(http, settings, timeProvider);
}
