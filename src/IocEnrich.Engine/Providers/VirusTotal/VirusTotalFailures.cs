using System.Globalization;
using System.Net;
using IocEnrich.Engine.Redaction;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>Sorts the answers of the API that are none into what they mean, and says it in words.</summary>
/// <remarks>Source of the HTTP rules: VirusTotal's table of errors, <c>docs.virustotal.com/reference/errors</c>.</remarks>
internal static class VirusTotalFailures
{
    /// <summary>An answer that is neither a report nor "not found".</summary>
    /// <param name="code">The error code in the body, as it was sent; <see langword="null"/> if there is none.</param>
    /// <param name="message">The message in the body, as it was sent.</param>
    /// <param name="host">The host name of the service.</param>
    /// <param name="retryAfter">How long the service asks to wait, where it says so.</param>
    internal static LookupFailure OfStatus(HttpStatusCode status, string? code, string? message, string host, TimeSpan? retryAfter)
    {
        int number = (int)status;
        string said = Said(number, code, message);
        bool isApi = ApiErrorCodes.Has(code);
        return number switch
        {
            429 => new LookupFailure(
                Error(EnrichmentErrorKind.QuotaExceeded, isApi
                    ? $"The quota of the key is used up ({said}). Start the same list again when it renews: days and months begin at 00:00 UTC."
                    : $"{host} rate limited the request ({said}), but not with an answer of the API. Start the same list again later."),
                FailureScope.Throttled)
            {
                RetryAfter = retryAfter,
            },
            511 => TransportFailures.Unreadable($"The network requires a login before it allows access to {host} ({said})", number),
            >= 500 => new LookupFailure(
                Error(EnrichmentErrorKind.ServiceFault, $"{host} failed ({said}). Try again later."), FailureScope.Passing),

            // A proxy, a filter and a login page use these statuses as well, and say nothing about the key or the indicator by it.
            >= 400 when !isApi => TransportFailures.Unreadable($"{host} returned {said}, which is not an answer of the API", number),
            407 => TransportFailures.ProxyRefused(host),
            401 or 403 => new LookupFailure(
                Error(EnrichmentErrorKind.KeyRefused, KeyRefusedMessage(number, host, said)), FailureScope.Job),
            >= 400 and not 408 => new LookupFailure(
                Error(EnrichmentErrorKind.Rejected, $"{host} rejects this indicator ({said}). Another lookup would not help."), FailureScope.Indicator),
            _ => TransportFailures.Unreadable($"{host} returned HTTP {number.ToString(CultureInfo.InvariantCulture)}, which is not an answer of the API", number),
        };

        EnrichmentError Error(EnrichmentErrorKind kind, string text) =>
            new(kind, text) { HttpStatus = number, ServiceCode = code is null ? null : ForeignText.Clean(code) };
    }

    /// <summary>What came back is an answer to another question.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="what">What came instead, as the end of "a report …".</param>
    /// <param name="host">The host name of the service.</param>
    /// <param name="status">The HTTP status it came with.</param>
    internal static LookupFailure OfAnotherObject(Indicator asked, string what, string host, int status) => new(
        new EnrichmentError(
            EnrichmentErrorKind.UnreadableAnswer,
            $"For {DisplayText.Clean(asked.Value)}, {host} sent a response {ForeignText.CleanData(what, 200).TrimEnd('.')}. It was not used and not cached. Check whether a proxy in between mixes up responses.")
        {
            HttpStatus = status,
        },
        FailureScope.Passing);

    private static string KeyRefusedMessage(int status, string host, string said) => status == 401
        ? $"{host} refuses the key ({said}). Check the key and start the same list again."
        : $"The key is not authorized for this request at {host} ({said}). Check the permissions of the key and start the same list again.";

    /// <summary>What the service said, in a few words.</summary>
    internal static string Said(int status, string? code, string? message)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"HTTP {status}");
        string words = string.Join(": ", new[] { code, message?.TrimEnd('.') }.Where(static word => !string.IsNullOrEmpty(word)));
        return words.Length == 0 ? number : $"{number}, {ForeignText.Clean(words)}";
    }
}
