using System.Globalization;
using System.Net.Http.Headers;

namespace IocEnrich.Engine.Http;

/// <summary>How long a service asks to wait (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfterHeader
{
    // What is beyond a year is told as a year: nobody waits for it, and a date at the end of time would be past the end of the calendar.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    // RFC 9110, section 5.6.7: the form of today, and two that are obsolete and still to be read.
    private static readonly string[] Formats = ["dd MMM yyyy HH:mm:ss 'GMT'", "dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>Reads it. Of several values the longest wait counts: the service may mean any of them.</summary>
    /// <param name="headers">The headers of the response.</param>
    /// <param name="now">The client's clock.</param>
    /// <returns>
    /// Never negative; <see langword="null"/> if nothing is said that can be read. A wait of zero, or until a time that is past, is one
    /// of zero here: whoever waits decides how long that is at least.
    /// </returns>
    internal static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out HeaderStringValues values))
        {
            return null;
        }

        // A date is meant on the service's clock, and says nothing on one that goes wrong.
        DateTimeOffset then = headers.NonValidated.TryGetValues("Date", out HeaderStringValues dates)
            && TryReadDate(dates.ToString(), out DateTimeOffset sent) ? sent : now;
        TimeSpan? longest = null;
        foreach (string value in values)
        {
            TimeSpan? wait = Read(value.Trim(), then);
            longest = wait > longest || longest is null ? wait : longest;
        }

        return longest;
    }

    private static TimeSpan? Read(string value, DateTimeOffset then)
    {
        if (value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds < Longest.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : Longest;
        }

        if (!TryReadDate(value, out DateTimeOffset date))
        {
            return null;
        }

        TimeSpan wait = date - then;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < Longest ? wait : Longest;
    }

    // The day of the week says nothing that the date does not, and is not always right.
    private static bool TryReadDate(string text, out DateTimeOffset date)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        return DateTimeOffset.TryParseExact(
            comma < 0 ? text : text[(comma + 1)..], Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out date);
    }
}
