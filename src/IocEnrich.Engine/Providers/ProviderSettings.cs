using System.Diagnostics.CodeAnalysis;

namespace IocEnrich.Engine.Providers;

/// <summary>The settings of a client: key, endpoint, time-out, thresholds, and whether reports are kept.</summary>
public sealed record ProviderSettings
{
    /// <summary>The default time-out of one request.</summary>
    public static readonly TimeSpan DefaultRequestTimeout = TimeSpan.FromSeconds(30);

    private readonly Uri _endpoint = null!;

    /// <summary>The API key that requests are sent with.</summary>
    public required ApiKey ApiKey { get; init; }

    /// <summary>The address of the API. The key is sent there: over HTTPS, or over plain HTTP to this machine only.</summary>
    /// <exception cref="ArgumentException">The address is neither.</exception>
    public required Uri Endpoint
    {
        get => _endpoint;
        init => _endpoint = CheckEndpoint(value, example: null, out string? reason) ? value : throw new ArgumentException(reason, nameof(value));
    }

    /// <summary>The time-out of one request, from the connection to the last byte of the response; more than zero.</summary>
    public TimeSpan RequestTimeout { get; init; } = DefaultRequestTimeout;

    /// <summary>How many engines are needed for the verdicts Malicious and Suspicious.</summary>
    public VerdictThresholds Thresholds { get; init; } = VerdictThresholds.Default;

    /// <summary>Whether the whole report is kept with the result.</summary>
    public bool KeepReports { get; init; }

    /// <summary>Whether a key may be sent to this address.</summary>
    /// <param name="example">One that may be given, for the sentence.</param>
    /// <param name="reason">Otherwise, the reason in a sentence.</param>
    internal static bool CheckEndpoint(Uri endpoint, Uri? example, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        string suchAs = example is null ? "" : $" such as {example}";
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            reason = $"The endpoint must be an absolute https address{suchAs}.";
        }
        else if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            reason = $"The endpoint {DisplayText.Clean(endpoint.Host)} uses plain HTTP: the key would be readable on the way. Use https.";
        }
        else if (endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            reason = $"The endpoint must be an address without user name, query or fragment{suchAs}.";
        }
        else
        {
            reason = null;
            return true;
        }

        return false;
    }
}
