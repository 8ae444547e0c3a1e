using System.Globalization;

namespace VirusTotal.Emulator;

/// <summary>A <c>Retry-After</c> header in one of its two forms.</summary>
/// <param name="Delay">The time to wait, from zero; whole seconds are sent.</param>
/// <param name="AsDate">Whether it is sent as an HTTP date (the emulator's clock and the delay) in the place of seconds.</param>
public sealed record RetryAfter(TimeSpan Delay, bool AsDate = false)
{
    /// <summary>The value of the header at a moment.</summary>
    internal string At(DateTimeOffset now) => AsDate
        ? (now + Delay).ToString("r", CultureInfo.InvariantCulture)
        : ((long)Math.Ceiling(Delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
