using System.Diagnostics.CodeAnalysis;

namespace IocEnrich.Engine.Providers;

/// <summary>
/// The definition of a provider: everything that the rest of the program knows about it. Thread-safe and stateless; the registry has one
/// instance for each provider.
/// </summary>
public abstract class ProviderDefinition
{
    /// <summary>The name in results, in the cache and in messages.</summary>
    public abstract string Name { get; }

    /// <summary>The default endpoint.</summary>
    public abstract Uri Endpoint { get; }

    /// <summary>The indicators that the provider can look up.</summary>
    public abstract LookupScope Scope { get; }

    /// <summary>The default request limits of a key.</summary>
    public abstract QuotaLimits Limits { get; }

    /// <summary>The form of its key, and where it is found.</summary>
    public abstract KeyDefinition Key { get; }

    /// <summary>
    /// The version of its reader, from 1. Increase it whenever the same report gives another or an additional value: cached answers of an
    /// earlier version are then read again from their stored reports.
    /// </summary>
    public abstract int ReaderVersion { get; }

    /// <summary>Reads a stored report as if it had just arrived. It sends no request.</summary>
    /// <param name="indicator">The indicator that the report should be about.</param>
    /// <param name="retrievedAt">When the service gave it.</param>
    /// <param name="thresholds">The thresholds of the verdicts.</param>
    /// <returns>The result; <see langword="null"/> if the report cannot be read, or is not about this indicator.</returns>
    public abstract EnrichmentResult? ReadReport(Indicator indicator, RawReport report, DateTimeOffset retrievedAt, VerdictThresholds thresholds);

    /// <summary>Creates a client that looks up indicators.</summary>
    /// <param name="http">The connection pool, which the caller owns.</param>
    /// <param name="settings">The settings, such as the key and the endpoint.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    public abstract IIndicatorProvider Connect(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null);

    /// <summary>Creates a client that reads the quota of the key; <see langword="null"/> if the provider does not report it.</summary>
    /// <param name="http">The connection pool, which the caller owns.</param>
    /// <param name="settings">The settings, such as the key and the endpoint.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    public virtual IQuotaReader? ConnectQuota(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null) => null;

    /// <summary>The verdict of a cached answer. Verdicts are not cached, because they depend on the thresholds.</summary>
    /// <param name="thresholds">The thresholds of the verdicts.</param>
    public virtual Verdict Judge(EnrichmentResult answer, VerdictThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Malicious is { } malicious
            ? new DetectionCounts(malicious, answer.Suspicious ?? 0, answer.Harmless ?? 0, answer.Undetected ?? 0).ToVerdict(thresholds)
            : Verdict.Unknown;
    }

    /// <summary>Whether a key may be sent to this address: https, or plain http to this machine.</summary>
    /// <param name="reason">Otherwise, the reason in a sentence.</param>
    public bool CheckEndpoint(Uri endpoint, [NotNullWhen(false)] out string? reason) => ProviderSettings.CheckEndpoint(endpoint, Endpoint, out reason);

    /// <summary>Creates a key from text, if the text can be one.</summary>
    /// <param name="text">The key; surrounding white space is removed.</param>
    /// <param name="key">The key, if the text can be one.</param>
    /// <param name="reason">Otherwise, the reason in sentences, without the text.</param>
    public bool TryCreateKey(string? text, [NotNullWhen(true)] out ApiKey? key, [NotNullWhen(false)] out string? reason)
    {
        bool isKey = ApiKey.TryCreate(text, out key, out reason);
        if (!isKey && !string.IsNullOrWhiteSpace(text))
        {
            reason += $" A key of {Name} has {Key.Shape}. Did you paste something else?";
        }

        return isKey;
    }
}
