using System.Globalization;
using IocEnrich.Engine.Resilience;

namespace IocEnrich.Engine.Limiting;

/// <summary>Why nobody asks any more: what happened, and what to do, in words.</summary>
internal static class LimiterErrors
{
    internal static EnrichmentError DaySpent(QuotaLimits limits, DateTimeOffset resetsAt) => new(
        EnrichmentErrorKind.QuotaExceeded,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The day's budget of {limits.RequestsPerDay} requests is used up; it is renewed at {resetsAt:yyyy-MM-dd HH:mm} UTC. Start the same list again then, or set -RequestsPerDay if the key allows more."));

    internal static EnrichmentError QuotaGone(EnrichmentError last, TimeSpan? retryAfter, DateTimeOffset now)
    {
        string when = retryAfter > ThrottleBackoff.LongestWait
            ? string.Create(CultureInfo.InvariantCulture, $"The service asks to wait until {now + retryAfter:yyyy-MM-dd HH:mm} UTC.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Waiting out a whole minute did not help, so it is the quota of the day or of the month: days and months roll over at 00:00 UTC, next at {now.UtcDateTime.Date.AddDays(1):yyyy-MM-dd HH:mm} UTC.");
        return last with { Message = $"{last.Message} {when} Start the same list again then." };
    }

    internal static EnrichmentError ServiceDown(EnrichmentError last) => last with
    {
        Kind = EnrichmentErrorKind.ServiceDown,
        Message = $"{last.Message} Pausing and trying again did not help. Start the same list again when that is mended.",
    };

    /// <summary>Whether what failed may not be the service at all: no connection, or an answer that is not the API's.</summary>
    internal static bool MayBeStranger(EnrichmentError error) =>
        error.Kind is EnrichmentErrorKind.Network or EnrichmentErrorKind.NameResolution or EnrichmentErrorKind.Tls or EnrichmentErrorKind.UnreadableAnswer;
}
