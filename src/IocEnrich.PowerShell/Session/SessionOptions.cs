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
        "Where the API is: an https address, or a plain http one on this machine.",
        static () => EnrichmentSession.Current.Provider.Endpoint);

    internal static readonly ApiKeyOption ApiKey = new(
        nameof(ApiKey),
        "The key. It is never shown. Without it, the environment variables and the configuration file of the provider are looked at.");

    internal static readonly OptionDefinition<Uri?> Proxy = new(
        nameof(Proxy),
        "The proxy to go through: an absolute http or https address. Without it, the system's own, or what HTTPS_PROXY, ALL_PROXY and NO_PROXY say.",
        static () => null);

    internal static readonly OptionDefinition<PSCredential?> ProxyCredential = new(
        nameof(ProxyCredential), "Who asks at the proxy; only the user name is shown.", static () => null);

    internal static readonly OptionDefinition<bool> ProxyUseDefaultCredentials = new(
        nameof(ProxyUseDefaultCredentials), "Whether to ask at the proxy as the user who runs this session.", static () => false);

    internal static readonly OptionDefinition<int> TimeoutSec = new(
        nameof(TimeoutSec), "How long one request may take, in seconds: 1 to 3600.", static () => 30);

    internal static readonly OptionDefinition<int> ThrottleLimit = new(
        nameof(ThrottleLimit),
        "How many lookups of a job run at once: 1 to 1024. How many, not how fast.",
        static () => EnrichmentJobOptions.DefaultThrottleLimit);

    internal static readonly OptionDefinition<int> RequestsPerMinute = new(
        nameof(RequestsPerMinute), "How many requests the key may make in any 60 seconds; 0 for no limit.", static () => EnrichmentSession.Current.Provider.Limits.RequestsPerMinute);

    internal static readonly OptionDefinition<int> RequestsPerDay = new(
        nameof(RequestsPerDay),
        "How many requests the key may make in a day, which begins at 00:00 UTC; 0 for no limit.",
        static () => EnrichmentSession.Current.Provider.Limits.RequestsPerDay);

    internal static readonly OptionDefinition<TimeSpan> MaxAge = new(
        nameof(MaxAge),
        "How old a known answer may be, so that it is not asked for again. Zero asks for everything anew, and keeps the answers.",
        static () => CacheFreshness.DefaultFound);

    internal static readonly OptionDefinition<TimeSpan> NotFoundMaxAge = new(
        nameof(NotFoundMaxAge), "How old \"never seen\" may be. By default 4 hours, or MaxAge where that is less.", static () => CacheFreshness.DefaultNotFound);

    internal static readonly OptionDefinition<string> CachePath = new(
        nameof(CachePath),
        "The file that known answers are kept in, or the folder to put it in.",
        static () => StorePath.OfPlatform,
        StorePath.Variable,
        static () => StorePath.OfEnvironment);

    internal static readonly OptionDefinition<bool> NoCache = new(
        nameof(NoCache), "Whether jobs neither use known answers nor keep any.", static () => false);

    internal static readonly OptionDefinition<int> MaliciousThreshold = new(
        nameof(MaliciousThreshold), "From how many malicious opinions on the verdict is Malicious; 1 or more.", static () => VerdictThresholds.DefaultMalicious);

    internal static readonly OptionDefinition<int> SuspiciousThreshold = new(
        nameof(SuspiciousThreshold),
        "From how many malicious and suspicious opinions on the verdict is Suspicious, where it is not Malicious; 1 or more.",
        static () => VerdictThresholds.DefaultSuspicious);

    internal static readonly OptionDefinition<int> MaximumJobCount = new(
        nameof(MaximumJobCount),
        "How many jobs the session keeps: 1 or more. Beyond that, the least recently used finished job leaves the list when the next one starts.",
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
