namespace IocEnrich;

/// <summary>Why an indicator has no answer. The names are the constant part of the error ids that PowerShell shows.</summary>
#pragma warning disable CA1028 // ConvertTo-Json writes the names of an enumeration of 64 bits, and of any other the numbers, which nobody compares with a word.
public enum EnrichmentErrorKind : long
#pragma warning restore CA1028
{
    /// <summary>The connection failed or was lost.</summary>
    Network = 0,

    /// <summary>The name of the endpoint (or of the proxy) could not be resolved.</summary>
    NameResolution,

    /// <summary>No trusted TLS connection could be established.</summary>
    Tls,

    /// <summary>The response was not complete within the time-out of the request.</summary>
    Timeout,

    /// <summary>The service failed (HTTP 5xx).</summary>
    ServiceFault,

    /// <summary>
    /// The response is not the API's answer to the request: broken, truncated, too large, about another object, or a different page.
    /// </summary>
    UnreadableAnswer,

    /// <summary>
    /// The service rejects this indicator (HTTP 400, 409, 424 and others, with an error code of the API). Another lookup would not help.
    /// </summary>
    Rejected,

    /// <summary>
    /// The service refuses the key, or the key is not authorized for the request (HTTP 401, 403, with an error code of the API). Ends the
    /// job.
    /// </summary>
    KeyRefused,

    /// <summary>The proxy requires a user name and password (HTTP 407). Ends the job.</summary>
    ProxyRefused,

    /// <summary>The quota of the key is used up: as the service reports (HTTP 429), or by the local daily limit. Ends the job.</summary>
    QuotaExceeded,

    /// <summary>
    /// The service is down or cannot be reached, also after pauses (possibly before this indicator's turn). Ends the job.
    /// </summary>
    ServiceDown,

    /// <summary>The job was stopped before this indicator had an answer.</summary>
    Stopped,

    /// <summary>A defect in this module.</summary>
    Internal,
}

/// <summary>Properties of the kinds of failure.</summary>
public static class EnrichmentErrorKindExtensions
{
    /// <summary>Whether the failure affects every lookup of the key or the job, and so ends the job.</summary>
    public static bool EndsJob(this EnrichmentErrorKind kind) => kind
        is EnrichmentErrorKind.KeyRefused or EnrichmentErrorKind.ProxyRefused or EnrichmentErrorKind.QuotaExceeded
        or EnrichmentErrorKind.ServiceDown or EnrichmentErrorKind.Stopped;
}
