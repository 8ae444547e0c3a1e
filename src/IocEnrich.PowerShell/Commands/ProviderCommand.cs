using System.Management.Automation;
using System.Security;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// A cmdlet that asks a provider: where, with which key, and by which way. What no parameter says, the session's options do.
/// </summary>
public abstract class ProviderCommand : PSCmdlet
{
    /// <summary>
    /// The key, as a SecureString, which is what Get-Secret gives, or as a PSCredential whose password it is. Without it, the session's
    /// option, $env:VT_API_KEY, $env:VTCLI_APIKEY and ~/.vt.toml are looked at, in this order.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ApiKeyTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>Where the API is, if not at VirusTotal itself: an https address, or a plain http one on this machine.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>How long one request may take, in seconds: 1 to 3600, 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? TimeoutSec { get; set; }

    /// <summary>
    /// The proxy to go through. Without it: the session's option, else the system's own, or what HTTPS_PROXY, ALL_PROXY and NO_PROXY say;
    /// an endpoint on this machine is reached directly.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Who asks at the proxy. Goes with -Proxy, or with the session's option.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Asks at the proxy as the user who runs this session. Goes with -Proxy, or with the session's option.</summary>
    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Who is asked.</summary>
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
