using System.Management.Automation;
using System.Net;
using IocEnrich.Engine.Http;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Where a key may go, and by which way: what is refused when an option is set, and when a cmdlet asks.</summary>
internal static class ConnectionRules
{
    /// <summary>Ends the command where a key may not be sent to this address.</summary>
    internal static void CheckEndpoint(Cmdlet cmdlet, Uri endpoint)
    {
        if (!EnrichmentSession.Current.Provider.CheckEndpoint(endpoint, out string? reason))
        {
            KnownErrors.EndpointNotAllowed.Report(cmdlet, new ArgumentException(reason), Target(endpoint, "-Endpoint"));
        }
    }

    /// <summary>Ends the command where who asks at the proxy is not clear.</summary>
    internal static void CheckProxyUser(Cmdlet cmdlet, Uri? proxy, bool hasCredential, bool asksAsUser)
    {
        if (hasCredential && asksAsUser)
        {
            ReportContradiction(cmdlet, "-ProxyCredential and -ProxyUseDefaultCredentials cannot be combined.", "-ProxyUseDefaultCredentials");
        }

        if (proxy is null && (hasCredential || asksAsUser))
        {
            ReportContradiction(cmdlet, "-ProxyCredential and -ProxyUseDefaultCredentials require -Proxy.", "-Proxy");
        }
    }

    /// <summary>The way through a proxy. Ends the command where a key for this endpoint may not go through it.</summary>
    internal static ProxySettings Proxy(Cmdlet cmdlet, Uri endpoint, Uri proxy, PSCredential? credential, bool asksAsUser)
    {
        ProxySettings settings = new(proxy, asksAsUser ? CredentialCache.DefaultCredentials : credential?.GetNetworkCredential());
        if (!settings.MayCarry(endpoint, out string? reason))
        {
            KnownErrors.ProxyNotAllowed.Report(cmdlet, new ArgumentException(reason), Target(proxy, "-Proxy"));
        }

        return settings;
    }

    // What stands before an @ may be a password, and a target is shown.
    private static object Target(Uri address, string parameter) =>
        address.OriginalString.Contains('@', StringComparison.Ordinal) ? parameter : address;

    private static void ReportContradiction(Cmdlet cmdlet, string problem, string parameter) =>
        KnownErrors.ParametersContradict.Report(cmdlet, new ArgumentException(problem), parameter);
}
