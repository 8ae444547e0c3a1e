using System.Management.Automation;
using System.Security;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Sqlite;

namespace IocEnrich.PowerShell.Session;

/// <summary>
/// The options of a session: what counts where no parameter says otherwise. A parameter goes before an option that was set, that before
/// the environment and files, and those before the default. All members are for the session's pipeline thread.
/// </summary>
internal sealed class SessionOptions
{
    // Constants of the engine are copied when this is compiled; everything else of it is named within a lambda. So setting a number in a
    // profile loads nothing.
    internal static readonly OptionDefinition<Uri> Endpoint = new(
        nameof(Endpoint),
        "The address of the API: an https address, or a plain http one on this machine.",
        static () => EnrichmentSession.Current.Provider.Endpoint);

    internal static readonly ApiKeyOption ApiKey = new(
        nameof(ApiKey),
        "The key. It is never shown. If it is not set, it comes from the provider's environment variables or configuration file.");

    internal static readonly OptionDefinition<Uri?> Proxy = new(
        nameof(Proxy),
        "The proxy to use: an absolute http or https address. If it is not set, requests use the system's proxy, or the one that HTTPS_PROXY, ALL_PROXY and NO_PROXY specify.",
        static () => null);

    internal static readonly OptionDefinition<PSCredential?> ProxyCredential = new(
        nameof(ProxyCredential), "The user name and password for the proxy. Only the user name is shown.", static () => null);

    internal static readonly OptionDefinition<bool> ProxyUseDefaultCredentials = new(
        nameof(ProxyUseDefaultCredentials), "Whether to authenticate to the proxy as the user who runs this session.", static () => false);

    internal static readonly OptionDefinition<int> TimeoutSec = new(
        nameof(TimeoutSec), "The time-out of one request, in seconds: 1 to 3600.", static () => 30);

    internal static readonly OptionDefinition<int> ThrottleLimit = new(
        nameof(ThrottleLimit),
        "The number of lookups of a job that run at once: 1 to 1024. It does not set the rate.",
        static () => EnrichmentJobOptions.DefaultThrottleLimit);

    internal static readonly OptionDefinition<int> RequestsPerMinute = new(
        nameof(RequestsPerMinute), "The number of requests the key may make in any 60 seconds; 0 for no limit.", static () => EnrichmentSession.Current.Provider.Limits.RequestsPerMinute);

    internal static readonly OptionDefinition<int> RequestsPerDay = new(
        nameof(RequestsPerDay),
        "The number of requests the key may make in a day, which begins at 00:00 UTC; 0 for no limit.",
        static () => EnrichmentSession.Current.Provider.Limits.RequestsPerDay);

    internal static readonly OptionDefinition<TimeSpan> MaxAge = new(
        nameof(MaxAge),
        "The maximum age of a cached report. Zero looks everything up again, and caches the answers.",
        static () => CacheFreshness.DefaultFound);

    internal static readonly OptionDefinition<TimeSpan> NotFoundMaxAge = new(
        nameof(NotFoundMaxAge), "The maximum age of a cached \"never seen\". By default 4 hours, or MaxAge if that is less.", static () => CacheFreshness.DefaultNotFound);

    internal static readonly OptionDefinition<string> CachePath = new(
        nameof(CachePath),
        "The file for the cache, or the folder for it.",
        static () => StorePath.OfPlatform,
        StorePath.Variable,
        static () => StorePath.OfEnvironment);

    internal static readonly OptionDefinition<bool> NoCache = new(
        nameof(NoCache), "Whether jobs bypass the cache: they neither read nor store answers.", static () => false);

    internal static readonly OptionDefinition<int> MaliciousThreshold = new(
        nameof(MaliciousThreshold), "How many engines must say malicious for the verdict Malicious; 1 or more.", static () => VerdictThresholds.DefaultMalicious);

    internal static readonly OptionDefinition<int> SuspiciousThreshold = new(
        nameof(SuspiciousThreshold),
        "How many engines must say malicious or suspicious for the verdict Suspicious, if it is not Malicious; 1 or more.",
        static () => VerdictThresholds.DefaultSuspicious);

    internal static readonly OptionDefinition<int> MaximumJobCount = new(
        nameof(MaximumJobCount),
        "The number of jobs the session keeps: 1 or more. When another job starts, the least recently used finished job leaves the list.",
        static () => EnrichmentOrchestrator.DefaultMaxJobs);

    /// <summary>All options there are, in the order in which they are shown.</summary>
    internal static readonly IReadOnlyList<OptionDefinition> All =
    [
        Endpoint, ApiKey, Proxy, ProxyCredential, ProxyUseDefaultCredentials, TimeoutSec, ThrottleLimit, RequestsPerMinute, RequestsPerDay,
        MaxAge, NotFoundMaxAge, CachePath, NoCache, MaliciousThreshold, SuspiciousThreshold, MaximumJobCount,
    ];

    private readonly Dictionary<OptionDefinition, object> _set = [];

    /// <summary>The key that was set in the session.</summary>
    internal SecureString? SetApiKey => (SecureString?)_set.GetValueOrDefault(ApiKey);

    internal T Get<T>(OptionDefinition<T> option) => option.Read(_set.GetValueOrDefault(option));

    /// <summary>Sets an option. The value must be of its type, and one that was checked.</summary>
    internal void Set(OptionDefinition option, object value) => _set[option] = value;

    internal void Reset(OptionDefinition option) => _set.Remove(option);

    internal bool IsSet(OptionDefinition option) => _set.ContainsKey(option);

    /// <summary>The option as users see it: a snapshot.</summary>
    internal EnrichmentOption Show(OptionDefinition option) => new(option, option.Show(_set.GetValueOrDefault(option)), option.ShownDefault);
}
