using System.Management.Automation;
using System.Net;
using System.Security;
using IocEnrich.Engine.VirusTotal;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>A cmdlet that asks VirusTotal: where, with which key, and by which way.</summary>
public abstract class VirusTotalCommand : PSCmdlet
{
    /// <summary>The key. Without it, $env:VT_API_KEY, $env:VTCLI_APIKEY and ~/.vt.toml are looked at, in this order.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>Where the API is, if not at VirusTotal itself: an https address, or a plain http one on this machine.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>How long one request may take, in seconds: 1 to 3600, 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>
    /// The proxy to go through. Without it: the system's own, or what HTTPS_PROXY, ALL_PROXY and NO_PROXY say; an endpoint on this machine
    /// is reached directly.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Who asks at the proxy. Goes with -Proxy.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Asks at the proxy as the user who runs this session. Goes with -Proxy.</summary>
    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Where the API is. Ends the command where a key may not be sent there.</summary>
    private protected Uri ReadEndpoint()
    {
        Uri endpoint = Endpoint ?? VirusTotalOptions.PublicEndpoint;
        if (!VirusTotalOptions.CheckEndpoint(endpoint, out string? reason))
        {
            KnownErrors.EndpointNotAllowed.Report(this, new ArgumentException(reason), endpoint);
        }

        return endpoint;
    }

    /// <summary>What the parameters say about a request. Ends the command where there is no key.</summary>
    private protected VirusTotalOptions ReadOptions(Uri endpoint) => new()
    {
        ApiKey = FindApiKey(endpoint),
        Endpoint = endpoint,
        RequestTimeout = TimeSpan.FromSeconds(TimeoutSec),
    };

    /// <summary>The proxy that was named. Ends the command where the key may not go through it.</summary>
    private protected ProxySettings? ReadProxy(Uri endpoint)
    {
        if (ProxyCredential is not null && ProxyUseDefaultCredentials)
        {
            ReportContradiction("-ProxyCredential and -ProxyUseDefaultCredentials contradict each other.", "-ProxyUseDefaultCredentials");
        }

        if (Proxy is null)
        {
            if (ProxyCredential is not null || ProxyUseDefaultCredentials)
            {
                ReportContradiction("-ProxyCredential and -ProxyUseDefaultCredentials go with -Proxy.", "-Proxy");
            }

            return null;
        }

        ICredentials? credential = ProxyUseDefaultCredentials ? CredentialCache.DefaultCredentials : ProxyCredential?.GetNetworkCredential();
        ProxySettings proxy = new(Proxy, credential);
        if (!proxy.MayCarry(endpoint, out string? reason))
        {
            KnownErrors.ProxyNotAllowed.Report(this, new ArgumentException(reason), Proxy);
        }

        return proxy;
    }

    private void ReportContradiction(string problem, string parameter) =>
        KnownErrors.ParametersContradict.Report(this, new ArgumentException(problem), parameter);

    private ApiKey FindApiKey(Uri endpoint)
    {
        if (!ApiKeySource.TryFind(ApiKey, out ApiKey? key, out string? problem, out bool isMissing))
        {
            // The target is who would have been given the key: the key itself stands in no error.
            (isMissing ? KnownErrors.ApiKeyMissing : KnownErrors.ApiKeyUnusable).Report(this, new ArgumentException(problem), endpoint);
        }

        return key!;
    }
}
