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
            $"The daily quota of {limits.RequestsPerDay} requests is used up. It renews at {resetsAt:yyyy-MM-dd HH:mm} UTC. Start the same list again then, or raise -RequestsPerDay if your key allows more."));

    internal static EnrichmentError QuotaGone(EnrichmentError last, TimeSpan? retryAfter, DateTimeOffset now)
    {
        string when = retryAfter > ThrottleBackoff.LongestWait
            ? string.Create(CultureInfo.InvariantCulture, $"The service asks to wait until {now + retryAfter:yyyy-MM-dd HH:mm} UTC.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"A pause of a whole minute did not help, so the daily or monthly quota is used up: days and months begin at 00:00 UTC, next at {now.UtcDateTime.Date.AddDays(1):yyyy-MM-dd HH:mm} UTC.");
        return last with { Message = $"{last.Message} {when} Start the same list again then." };
    }

    internal static EnrichmentError ServiceDown(EnrichmentError last) => last with
    {
        Kind = EnrichmentErrorKind.ServiceDown,
        Message = $"{last.Message} Pauses and retries did not help. Start the same list again once the problem is solved.",
    };

    /// <summary>Whether what failed may not be the service at all: no connection, or an answer that is not the API's.</summary>
    internal static bool MayBeStranger(EnrichmentError error) =>
        error.Kind is EnrichmentErrorKind.Network or EnrichmentErrorKind.NameResolution or EnrichmentErrorKind.Tls or EnrichmentErrorKind.UnreadableAnswer;
}
