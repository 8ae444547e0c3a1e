using System.Management.Automation;
using System.Security;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.PowerShell.Completion;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Sets options of this session, usually in a profile. Parameters override options; options override environment variables, and those
/// override the defaults. Each runspace has its own options.
/// </summary>
[Cmdlet(VerbsCommon.Set, "IocEnrichmentOption", SupportsShouldProcess = true)]
[OutputType(typeof(EnrichmentOption))]
public sealed class SetIocEnrichmentOptionCommand : PSCmdlet
{
    /// <summary>The address of the API: an https address, or a plain http one on this machine.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// The key: a SecureString, such as Get-Secret returns, or a PSCredential whose password is the key. It overrides $env:VT_API_KEY, and
    /// is never shown.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ApiKeyTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>
    /// The proxy to use: an absolute http or https address. An endpoint on this machine is reached directly. Setting a proxy discards the
    /// credentials of the previous one.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for the proxy. Requires -Proxy, in this call or set before.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Authenticates to the proxy as the user who runs this session. Requires -Proxy, in this call or set before.</summary>
    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>The time-out of one request, in seconds: 1 to 3600.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; }

    /// <summary>The number of lookups of a job that run at once: 1 to 1024. It does not set the rate.</summary>
    [Parameter]
    [ValidateRange(1, EnrichmentJobOptions.MaxThrottleLimit)]
    public int ThrottleLimit { get; set; }

    /// <summary>The number of requests the key may make in any 60 seconds; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RequestsPerMinute { get; set; }

    /// <summary>The number of requests the key may make in a day, which begins at 00:00 UTC; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RequestsPerDay { get; set; }

    /// <summary>The maximum age of a cached report. Zero looks everything up again; the answers are still cached.</summary>
    [Parameter]
    [ValidateAge]
    public TimeSpan MaxAge { get; set; }

    /// <summary>The maximum age of a cached "never seen".</summary>
    [Parameter]
    [ValidateAge]
    public TimeSpan NotFoundMaxAge { get; set; }

    /// <summary>
    /// The file for the cache, or the folder for it; it need not exist. It overrides $env:IOCENRICH_CACHE. Running jobs keep the file they
    /// use.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CachePath { get; set; }

    /// <summary>Makes jobs bypass the cache: they neither read nor store answers. Requests still count against the quota.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>How many engines must say malicious for the verdict Malicious; 1 or more.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaliciousThreshold { get; set; }

    /// <summary>How many engines must say malicious or suspicious for the verdict Suspicious, if it is not Malicious; 1 or more.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int SuspiciousThreshold { get; set; }

    /// <summary>
    /// The number of jobs the session keeps, 1 or more. When another job starts, the least recently used finished job leaves the list. A
    /// running job never does.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumJobCount { get; set; }

    /// <summary>
    /// The names of the options to reset. Wildcards are allowed; * means all options. Options set in the same call are set after the reset.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OptionNameCompleter))]
    public string[] Reset { get; set; } = [];

    /// <summary>Returns the options that were set or reset, with their new values.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        SessionOptions options = EnrichmentSession.Current.Options;
        Dictionary<OptionDefinition, object> set = ReadParameters();
        HashSet<OptionDefinition> reset = [.. OptionSelection.ByName(this, Reset)];
        FollowTheProxy(set, reset);
        reset.ExceptWith(set.Keys);

        // Everything is looked at before anything is changed: what is refused leaves all as it was.
        Check(options, set, reset);
        List<OptionDefinition> changed = [];
        foreach (OptionDefinition option in SessionOptions.All)
        {
            if (set.TryGetValue(option, out object? value))
            {
                if (ShouldProcess(option.Name, value is SecureString or PSCredential ? "Set" : $"Set to {DisplayText.Clean(value.ToString()!)}"))
                {
                    options.Set(option, value);
                    changed.Add(option);
                }
            }
            else if (reset.Contains(option) && options.IsSet(option) && ShouldProcess(option.Name, "Reset"))
            {
                options.Reset(option);
                changed.Add(option);
            }
        }

        if (PassThru)
        {
            WriteObject(changed.Select(options.Show), enumerateCollection: true);
        }
    }

    // Each option is a parameter of the same name.
    private Dictionary<OptionDefinition, object> ReadParameters()
    {
        Dictionary<OptionDefinition, object> given = [];
        foreach (OptionDefinition option in SessionOptions.All)
        {
            if (MyInvocation.BoundParameters.TryGetValue(option.Name, out object? bound))
            {
                object value = bound is PSObject wrapped ? wrapped.BaseObject : bound;
                given[option] = value switch
                {
                    SwitchParameter choice => choice.IsPresent,
                    SecureString key => Copy(key),
                    string path when option == SessionOptions.CachePath => ResolvePath(path),
                    _ => value,
                };
            }
        }

        return given;
    }

    // Relative to where the user stands, now and not at the time of a job.
    private string ResolvePath(string path)
    {
        string resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            KnownErrors.CachePathNotAllowed.Report(
                this, new ArgumentException($"{DisplayText.Clean(path)} is not in the file system, and the cache must be a file."), path);
        }

        return Path.EndsInDirectorySeparator(path) ? resolved + Path.DirectorySeparatorChar : resolved;
    }

    // Who asks at one proxy is not told to another, and there are not two who ask.
    private static void FollowTheProxy(Dictionary<OptionDefinition, object> set, HashSet<OptionDefinition> reset)
    {
        if (set.ContainsKey(SessionOptions.Proxy) || reset.Contains(SessionOptions.Proxy))
        {
            reset.UnionWith([SessionOptions.ProxyCredential, SessionOptions.ProxyUseDefaultCredentials]);
        }

        if (set.ContainsKey(SessionOptions.ProxyCredential))
        {
            reset.Add(SessionOptions.ProxyUseDefaultCredentials);
        }
        else if (set.GetValueOrDefault(SessionOptions.ProxyUseDefaultCredentials) is true)
        {
            reset.Add(SessionOptions.ProxyCredential);
        }
    }

    private void Check(SessionOptions options, Dictionary<OptionDefinition, object> set, HashSet<OptionDefinition> reset)
    {
        if (Endpoint is not null)
        {
            ConnectionRules.CheckEndpoint(this, Endpoint);
        }

        if (ApiKey is not null)
        {
            CheckKey(ApiKey);
        }

        if (ProxyCredential is not null || ProxyUseDefaultCredentials)
        {
            Uri? proxy = Proxy ?? (reset.Contains(SessionOptions.Proxy) ? null : options.Get(SessionOptions.Proxy));
            ConnectionRules.CheckProxyUser(this, proxy, ProxyCredential is not null, ProxyUseDefaultCredentials);
        }

        if (Proxy is not null)
        {
            CheckProxy(Proxy);
        }
    }

    private void CheckKey(SecureString key)
    {
        ProviderDefinition provider = EnrichmentSession.Current.Provider;
        if (!ApiKeySource.CanBeKey(provider, key, out string? reason))
        {
            KnownErrors.ApiKeyUnusable.Report(this, new ArgumentException($"The {provider.Name} key cannot be used. {reason}"), nameof(ApiKey));
        }
    }

    // For the provider itself: an endpoint on this machine is reached without the proxy.
    private void CheckProxy(Uri proxy) =>
        ConnectionRules.Proxy(this, SessionOptions.Endpoint.Read(set: null), proxy, ProxyCredential, ProxyUseDefaultCredentials);

    // Whoever gave the key may dispose of it.
    private static SecureString Copy(SecureString key)
    {
        SecureString copy = key.Copy();
        copy.MakeReadOnly();
        return copy;
    }
}
