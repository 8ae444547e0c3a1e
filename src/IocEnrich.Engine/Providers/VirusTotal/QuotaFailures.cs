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
            401 or 403 or 404 when !ApiErrorCodes.Has(code) => TransportFailures.Unreadable($"{host} answered with {said}, and not as the API does", number).Error,
            401 => Error(EnrichmentErrorKind.KeyRefused, $"{host} refuses the key ({said}). Check the key."),
            403 or 404 => Error(EnrichmentErrorKind.Rejected, $"{host} does not tell the quota of this key ({said}). What is counted here is told all the same."),
            429 => Error(EnrichmentErrorKind.QuotaExceeded, $"{host} answers nothing more for now, not even what the quota is ({said}). Try again in a minute; days and months roll over at 00:00 UTC."),
            _ => VirusTotalFailures.OfStatus(status, code, message, host, retryAfter: null).Error,
        };

        EnrichmentError Error(EnrichmentErrorKind kind, string text) =>
            new(kind, text) { HttpStatus = number, ServiceCode = code is null ? null : ForeignText.Clean(code) };
    }
}
