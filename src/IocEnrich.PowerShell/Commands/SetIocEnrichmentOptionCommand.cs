using System.Management.Automation;
using System.Security;
using IocEnrich.Engine.Orchestration;
using IocEnrich.PowerShell.Completion;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Sets options of this session, for the cmdlets that are called later: meant for a profile. A parameter of a cmdlet goes before an
/// option, an option before the environment, that before the default. Other runspaces and other sessions have options of their own.
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
    /// The key, as a SecureString, which is what Get-Secret gives, or as a PSCredential whose password it is. It goes before
    /// $env:VT_API_KEY, and is never shown.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ApiKeyTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>
    /// The proxy to go through: an absolute http or https address. An endpoint on this machine is reached directly. Who asked at the
    /// proxy that was set before is forgotten.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Who asks at the proxy. Goes with -Proxy, given here or before.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Asks at the proxy as the user who runs this session. Goes with -Proxy, given here or before.</summary>
    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>How long one request may take, in seconds: 1 to 3600.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; }

    /// <summary>How many lookups of a job run at once: 1 to 1024. How many, not how fast.</summary>
    [Parameter]
    [ValidateRange(1, EnrichmentJobOptions.MaxThrottleLimit)]
    public int ThrottleLimit { get; set; }

    /// <summary>How many requests the key may make in any 60 seconds; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RequestsPerMinute { get; set; }

    /// <summary>How many requests the key may make in a day, which begins at 00:00 UTC; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RequestsPerDay { get; set; }

    /// <summary>
    /// How old a known answer may be, so that it is not asked for again. Zero asks for everything anew; the answers are kept all the same.
    /// </summary>
    [Parameter]
    [ValidateAge]
    public TimeSpan MaxAge { get; set; }

    /// <summary>How old "never seen" may be.</summary>
    [Parameter]
    [ValidateAge]
    public TimeSpan NotFoundMaxAge { get; set; }

    /// <summary>
    /// The file that known answers are kept in, or the folder to put it in; it need not exist. It goes before $env:IOCENRICH_CACHE. Jobs
    /// that run stay with the file they have.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CachePath { get; set; }

    /// <summary>Jobs neither use known answers nor keep any. The quota is counted all the same.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>From how many malicious opinions on the verdict is Malicious; 1 or more.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaliciousThreshold { get; set; }

    /// <summary>
    /// From how many opinions on that are malicious or suspicious the verdict is Suspicious, where it is not Malicious; 1 or more.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int SuspiciousThreshold { get; set; }

    /// <summary>
    /// How many jobs the session keeps; 1 or more. Beyond that, the least recently used finished job leaves the list when the next one
    /// starts. A running job never does.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumJobCount { get; set; }

    /// <summary>
    /// The names of options that shall be as if nobody had set them; wildcards are allowed, and * stands for all. Options that are given
    /// as parameters beside it are set after that.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OptionNameCompleter))]
    public string[] Reset { get; set; } = [];

    /// <summary>Gives the options that were set or reset, as they are now.</summary>
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

        if (ApiKey is not null && !ApiKeySource.CanBeKey(ApiKey, out string? reason))
        {
            KnownErrors.ApiKeyUnusable.Report(this, new ArgumentException($"The VirusTotal key cannot be used. {reason}"), nameof(ApiKey));
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

    // For VirusTotal itself: an endpoint on this machine is reached without the proxy.
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
