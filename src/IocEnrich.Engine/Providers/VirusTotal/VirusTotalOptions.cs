using System.Diagnostics.CodeAnalysis;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>How VirusTotal is asked.</summary>
public sealed record VirusTotalOptions
{
    /// <summary>The public API, version 3.</summary>
    public static readonly Uri PublicEndpoint = new("https://www.virustotal.com/api/v3");

    /// <summary>How long one request may take, unless it is set otherwise.</summary>
    public static readonly TimeSpan DefaultRequestTimeout = TimeSpan.FromSeconds(30);

    private readonly Uri _endpoint = PublicEndpoint;

    /// <summary>The key.</summary>
    public required ApiKey ApiKey { get; init; }

    /// <summary>Where the API is. The key is sent there: HTTPS, or plain HTTP to this machine only.</summary>
    /// <exception cref="ArgumentException">The address is neither.</exception>
    public Uri Endpoint
    {
        get => _endpoint;
        init => _endpoint = CheckEndpoint(value, out string? reason) ? value : throw new ArgumentException(reason, nameof(value));
    }

    /// <summary>How long one request may take, from the connection to the last byte of the answer; more than zero.</summary>
    public TimeSpan RequestTimeout { get; init; } = DefaultRequestTimeout;

    /// <summary>How many engines are needed for the verdicts Malicious and Suspicious.</summary>
    public VerdictThresholds Thresholds { get; init; } = VerdictThresholds.Default;

    /// <summary>Whether the whole body of a report is kept beside what is read from it.</summary>
    public bool KeepReports { get; init; }

    /// <summary>Whether a key may be sent to this address.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="reason">Where it may not, a sentence that says why.</param>
    public static bool CheckEndpoint(Uri endpoint, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            reason = $"The endpoint must be an absolute https address such as {PublicEndpoint}.";
        }
        else if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            reason = $"The endpoint {DisplayText.Clean(endpoint.Host)} uses plain HTTP: the key would be readable on the way. Use https.";
        }
        else if (endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            reason = $"The endpoint must be an address without user name, query or fragment, such as {PublicEndpoint}.";
        }
        else
        {
            reason = null;
            return true;
        }

        return false;
    }
}
