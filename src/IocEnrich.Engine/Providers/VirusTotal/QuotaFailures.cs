using System.Net;
using IocEnrich.Engine.Redaction;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>Why the service did not tell the quota, in words. The same statuses as of a lookup, and other things to do.</summary>
internal static class QuotaFailures
{
    internal static EnrichmentError OfStatus(HttpStatusCode status, string? code, string? message, string host)
    {
        int number = (int)status;
        string said = VirusTotalFailures.Said(number, code, message);
        return number switch
        {
            401 or 403 or 404 when !ApiErrorCodes.Has(code) => TransportFailures.Unreadable($"{host} returned {said}, which is not an answer of the API", number).Error,
            401 => Error(EnrichmentErrorKind.KeyRefused, $"{host} refuses the key ({said}). Check the key."),
            403 or 404 => Error(EnrichmentErrorKind.Rejected, $"{host} does not report the quota of this key ({said}). Local counts are still shown."),
            429 => Error(EnrichmentErrorKind.QuotaExceeded, $"{host} rejects all requests for now, even for the quota ({said}). Try again in a minute; days and months begin at 00:00 UTC."),
            _ => VirusTotalFailures.OfStatus(status, code, message, host, retryAfter: null).Error,
        };

        EnrichmentError Error(EnrichmentErrorKind kind, string text) =>
            new(kind, text) { HttpStatus = number, ServiceCode = code is null ? null : ForeignText.Clean(code) };
    }
}
