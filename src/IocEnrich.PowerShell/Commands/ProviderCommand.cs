using System.Management.Automation;
using System.Security;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// The base of the cmdlets that connect to a provider: endpoint, key, proxy and time-out. The session's options apply if a parameter is not
/// set.
/// </summary>
public abstract class ProviderCommand : PSCmdlet
{
    /// <summary>
    /// The key: a SecureString, such as Get-Secret returns, or a PSCredential whose password is the key. By default, it comes from the
    /// session's option, $env:VT_API_KEY, $env:VTCLI_APIKEY or ~/.vt.toml, in this order.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ApiKeyTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The address of the API, if it is not VirusTotal itself: an https address, or a plain http one on this machine.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>The time-out of one request, in seconds: 1 to 3600, 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? TimeoutSec { get; set; }

    /// <summary>
    /// The proxy to use. By default, the session's option, otherwise the system's proxy, or the one that HTTPS_PROXY, ALL_PROXY and
    /// NO_PROXY specify. An endpoint on this machine is reached directly.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for the proxy. Requires -Proxy, or the session's option.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Authenticates to the proxy as the user who runs this session. Requires -Proxy, or the session's option.</summary>
    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>The host name of the service.</summary>
    private protected static ProviderDefinition Provider => EnrichmentSession.Current.Provider;

    /// <summary>What counts where no parameter says otherwise.</summary>
    private protected static SessionOptions Options => EnrichmentSession.Current.Options;

    /// <summary>Where the API is. Ends the command where a key may not be sent there.</summary>
    private protected Uri ReadEndpoint()
    {
        Uri endpoint = Endpoint ?? Options.Get(SessionOptions.Endpoint);
        ConnectionRules.CheckEndpoint(this, endpoint);
        return endpoint;
    }

    /// <summary>How the provider is to be asked. Ends the command where there is no key.</summary>
    private protected ProviderSettings ReadSettings(Uri endpoint) => new()
    {
        ApiKey = FindApiKey(endpoint),
        Endpoint = endpoint,
        RequestTimeout = TimeSpan.FromSeconds(TimeoutSec ?? Options.Get(SessionOptions.TimeoutSec)),
        Thresholds = new VerdictThresholds
        {
            Malicious = Options.Get(SessionOptions.MaliciousThreshold),
            Suspicious = Options.Get(SessionOptions.SuspiciousThreshold),
        },
    };

    /// <summary>The proxy that was named. Ends the command where the key may not go through it.</summary>
    private protected ProxySettings? ReadProxy(Uri endpoint)
    {
        Uri? proxy = Proxy ?? Options.Get(SessionOptions.Proxy);
        ConnectionRules.CheckProxyUser(this, proxy, ProxyCredential is not null, ProxyUseDefaultCredentials);
        if (Proxy is not null)
        {
            // Who asks at the session's proxy is not told to another one.
            return ConnectionRules.Proxy(this, endpoint, Proxy, ProxyCredential, ProxyUseDefaultCredentials);
        }

        if (proxy is null || (endpoint.IsLoopback && !proxy.IsLoopback))
        {
            // A proxy that is set for the way out is not asked for what is on this machine.
            return null;
        }

        bool saysWhoAsks = ProxyCredential is not null || MyInvocation.BoundParameters.ContainsKey(nameof(ProxyUseDefaultCredentials));
        return saysWhoAsks
            ? ConnectionRules.Proxy(this, endpoint, proxy, ProxyCredential, ProxyUseDefaultCredentials)
            : ConnectionRules.Proxy(
                this, endpoint, proxy, Options.Get(SessionOptions.ProxyCredential), Options.Get(SessionOptions.ProxyUseDefaultCredentials));
    }

    private ApiKey FindApiKey(Uri endpoint)
    {
        if (!ApiKeySource.TryFind(Provider, ApiKey, Options.SetApiKey, out ApiKey? key, out string? problem, out bool isMissing))
        {
            // The target is who would have been given the key: the key itself stands in no error.
            (isMissing ? KnownErrors.ApiKeyMissing : KnownErrors.ApiKeyUnusable).Report(this, new ArgumentException(problem), endpoint);
        }

        return key!;
    }
}
