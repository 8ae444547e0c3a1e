using System.Diagnostics.CodeAnalysis;

namespace IocEnrich.Engine.Providers;

/// <summary>
/// What a provider says of itself: all that the rest of the program knows about it. Thread-safe, without state; one instance for each
/// provider, which the registry names.
/// </summary>
public abstract class ProviderDefinition
{
    /// <summary>The name that stands on results, in the cache and in messages.</summary>
    public abstract string Name { get; }

    /// <summary>Where its API is, unless it is set otherwise.</summary>
    public abstract Uri Endpoint { get; }

    /// <summary>Which indicators it can look up.</summary>
    public abstract LookupScope Scope { get; }

    /// <summary>What a key may ask, unless it is set otherwise.</summary>
    public abstract QuotaLimits Limits { get; }

    /// <summary>How its key looks, and where it is found.</summary>
    public abstract KeyDefinition Key { get; }

    /// <summary>
    /// The version of its reader, from 1: one more whenever the same report gives a result another value or one more. A cached answer of an
    /// earlier version whose report was kept is read again then.
    /// </summary>
    public abstract int ReaderVersion { get; }

    /// <summary>Reads a report that was kept, as if it had just come. It sends no request.</summary>
    /// <param name="indicator">What the report should be about.</param>
    /// <param name="report">The report.</param>
    /// <param name="retrievedAt">When the service gave it.</param>
    /// <param name="thresholds">What opinions add up to.</param>
    /// <returns><see langword="null"/> where it cannot be read, or is not about this indicator.</returns>
    public abstract EnrichmentResult? ReadReport(Indicator indicator, RawReport report, DateTimeOffset retrievedAt, VerdictThresholds thresholds);

    /// <summary>Somebody who looks indicators up there.</summary>
    /// <param name="http">The pool of connections, which stays the caller's.</param>
    /// <param name="settings">The key, the endpoint and the like.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public abstract IIndicatorProvider Connect(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null);

    /// <summary>Somebody who asks there what the key may still ask; <see langword="null"/> where the provider tells nobody.</summary>
    /// <param name="http">The pool of connections, which stays the caller's.</param>
    /// <param name="settings">The key, the endpoint and the like.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public virtual IQuotaReader? ConnectQuota(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null) => null;

    /// <summary>The verdict of an answer whose summary was cached. Verdicts are not: they depend on thresholds.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="thresholds">What opinions add up to.</param>
    public virtual Verdict Judge(EnrichmentResult answer, VerdictThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Malicious is { } malicious
            ? new DetectionCounts(malicious, answer.Suspicious ?? 0, answer.Harmless ?? 0, answer.Undetected ?? 0).ToVerdict(thresholds)
            : Verdict.Unknown;
    }

    /// <summary>Whether a key may be sent to this address: https, or plain http to this machine.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="reason">Where it may not, a sentence that says why.</param>
    public bool CheckEndpoint(Uri endpoint, [NotNullWhen(false)] out string? reason) => ProviderSettings.CheckEndpoint(endpoint, Endpoint, out reason);

    /// <summary>Reads a key.</summary>
    /// <param name="text">The key; white space around it falls away.</param>
    /// <param name="key">The key, where the text can be one.</param>
    /// <param name="reason">Otherwise sentences that say why not, without showing the text.</param>
    public bool TryCreateKey(string? text, [NotNullWhen(true)] out ApiKey? key, [NotNullWhen(false)] out string? reason)
    {
        bool isKey = ApiKey.TryCreate(text, out key, out reason);
        if (!isKey && !string.IsNullOrWhiteSpace(text))
        {
            reason += $" A key of {Name} has {Key.Shape}. Was something else pasted?";
        }

        return isKey;
    }
}
