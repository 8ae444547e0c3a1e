namespace IocEnrich;

/// <summary>Why an indicator has no answer. The names are the constant part of the error ids that PowerShell shows.</summary>
#pragma warning disable CA1028 // ConvertTo-Json writes the names of an enumeration of 64 bits, and of any other the numbers, which nobody compares with a word.
public enum EnrichmentErrorKind : long
#pragma warning restore CA1028
{
    /// <summary>The connection could not be made, or broke.</summary>
    Network = 0,

    /// <summary>The name of the endpoint (or of the proxy) could not be resolved.</summary>
    NameResolution,

    /// <summary>No trusted TLS connection could be made.</summary>
    Tls,

    /// <summary>The answer did not come within the time limit of the request.</summary>
    Timeout,

    /// <summary>The service answered with a fault of its own (HTTP 5xx).</summary>
    ServiceFault,

    /// <summary>
    /// What came back is not an answer of the API to what was asked: broken, cut short, too large, about another object, or another page
    /// altogether.
    /// </summary>
    UnreadableAnswer,

    /// <summary>The service refuses this indicator (HTTP 400, 409, 424 and the like, with an error code of the API): asking again would not help.</summary>
    Rejected,

    /// <summary>The service refuses the key, or the key may not do this (HTTP 401, 403, with an error code of the API). Ends the job.</summary>
    KeyRefused,

    /// <summary>The proxy refuses whoever asks (HTTP 407). Ends the job.</summary>
    ProxyRefused,

    /// <summary>The quota of the key is used up, as the service says (HTTP 429) or as the day's budget does. Ends the job.</summary>
    QuotaExceeded,

    /// <summary>The service is down, or cannot be reached, also after pauses (or so it was before this indicator's turn). Ends the job.</summary>
    ServiceDown,

    /// <summary>The job was stopped before this indicator had its answer.</summary>
    Stopped,

    /// <summary>A fault in this program.</summary>
    Internal,
}

/// <summary>What the kinds of failure mean.</summary>
public static class EnrichmentErrorKindExtensions
{
    /// <summary>Whether it concerns everybody who asks with this key, or for this job, and so ends the job.</summary>
    public static bool EndsJob(this EnrichmentErrorKind kind) => kind
        is EnrichmentErrorKind.KeyRefused or EnrichmentErrorKind.ProxyRefused or EnrichmentErrorKind.QuotaExceeded
        or EnrichmentErrorKind.ServiceDown or EnrichmentErrorKind.Stopped;
}
