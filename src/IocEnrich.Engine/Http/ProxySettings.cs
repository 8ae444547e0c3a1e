using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using IocEnrich.Engine.Redaction;

namespace IocEnrich.Engine.Http;

/// <summary>The proxy that requests go through, where it is named and not left to the system.</summary>
/// <param name="Address">Where the proxy is: an absolute http or https address.</param>
/// <param name="Credential">Who asks there; <see langword="null"/> for nobody in particular.</param>
public sealed record ProxySettings(Uri Address, ICredentials? Credential = null)
{
    // Held so that no text shows them: see KnownSecrets.
    private readonly Secret? _password = Credential is NetworkCredential own ? KnownSecrets.Hold(own.Password) : null;
    private readonly Secret? _basic = Credential is NetworkCredential own
        ? KnownSecrets.Hold(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{own.UserName}:{own.Password}")))
        : null;

    /// <summary>Tells two who ask at the proxy apart, without holding a password.</summary>
    internal string Identity => Credential switch
    {
        null => "",
        NetworkCredential own => $"{own.Domain}\\{own.UserName}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(own.Password)))}",
        _ => Credential.GetType().FullName!,
    };

    /// <summary>Whether a key for this endpoint may go through this proxy.</summary>
    /// <param name="endpoint">Where the API is.</param>
    /// <param name="reason">Otherwise, the reason in a sentence.</param>
    public bool MayCarry(Uri endpoint, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!Address.IsAbsoluteUri || (Address.Scheme != Uri.UriSchemeHttp && Address.Scheme != Uri.UriSchemeHttps))
        {
            reason = $"The proxy must be an absolute http or https address, such as http://proxy.example.com:8080{Unlike(Address)}.";
            return false;
        }

        if (Address.UserInfo.Length > 0)
        {
            reason = "The address of the proxy must not contain a user name or password, because the address is shown. Use -ProxyCredential.";
            return false;
        }

        if (endpoint.Scheme == Uri.UriSchemeHttp && !Address.IsLoopback)
        {
            // Over HTTPS the proxy carries what it cannot read. Plain HTTP to this machine, through another one, would show it the key.
            reason = $"The endpoint {endpoint.Host} uses plain HTTP on this machine, but the proxy {DisplayText.Clean(Address.Host)} is another machine and could read the key. Omit the proxy.";
            return false;
        }

        reason = null;
        return true;
    }

    // What stands before an @ may be a password.
    private static string Unlike(Uri address) =>
        address.OriginalString.Contains('@', StringComparison.Ordinal) ? "" : $", not {DisplayText.Clean(address.OriginalString)}";
}
