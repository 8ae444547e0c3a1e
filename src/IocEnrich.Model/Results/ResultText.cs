using System.Globalization;

namespace IocEnrich;

/// <summary>The short texts about a result, for the views.</summary>
public static class ResultText
{
    // The end of a hash or of a URL tells as much as its beginning.
    private const int TailLength = 10;

    // What stands before it is the indicator, which the view shows anyway.
    private const string AfterIndicator = " is not an indicator: ";

    /// <summary>The indicator, defanged so that no terminal turns it into a link; a long one is shortened in the middle.</summary>
    /// <param name="defanged">The defanged form; <see langword="null"/> or empty (as PowerShell passes it) if there is none.</param>
    /// <param name="length">The maximum length, in characters.</param>
    public static string Indicator(string? defanged, string plain, int length)
    {
        ArgumentNullException.ThrowIfNull(plain);
        string shown = DisplayText.Clean(string.IsNullOrEmpty(defanged) ? plain : defanged, IndicatorParser.MaxLength);
        if (shown.Length <= length || length <= TailLength * 2)
        {
            return shown;
        }

        int head = length - TailLength - 1;
        head -= char.IsHighSurrogate(shown[head - 1]) ? 1 : 0;
        int tail = shown.Length - TailLength;
        tail += char.IsLowSurrogate(shown[tail]) ? 1 : 0;
        return $"{shown[..head]}…{shown[tail..]}";
    }

    /// <summary>The outcome in one word: the verdict if the indicator was found, otherwise the status.</summary>
    public static string Outcome(EnrichmentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Status == EnrichmentStatus.Found ? result.Verdict.ToString() : result.Status.ToString();
    }

    /// <summary>
    /// Details: the age of a cached answer and the two most telling names; or why there is no answer, the kind of error first, because the
    /// sentence may not fit.
    /// </summary>
    /// <param name="now">The current time; by default the system's.</param>
    public static string About(EnrichmentResult result, DateTimeOffset? now = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        string age = result is { FromCache: true, RetrievedAt: { } time } ? $"({Age((now ?? DateTimeOffset.UtcNow) - time)}) " : "";
        return age + DisplayText.Clean(result.Status switch
        {
            EnrichmentStatus.Found => string.Join(", ", Names(result).Take(2)),
            EnrichmentStatus.NotFound => $"never seen by {result.Provider}",
            EnrichmentStatus.Failed when result.WasLeftOver() => $"not looked up: {result.Error?.Kind}",
            EnrichmentStatus.Failed when result.Error is { } error => $"{error.Kind}: {result.Reason}",
            _ => WithoutIndicator(result.Indicator, result.Reason ?? ""),
        });
    }

    // Seconds tell nobody anything, and would be others at each look.
    private static string Age(TimeSpan age) => age < TimeSpan.FromMinutes(1) ? "just now" : DisplayTime.Age(age) + " old";

    /// <summary>A URL, defanged; empty for none. Any other text is only made safe to show.</summary>
    public static string Defanged(string? url) => string.IsNullOrEmpty(url) ? ""
        : IocEnrich.Indicator.TryParse(url, out IocEnrich.Indicator? indicator, out _) ? indicator.Defanged : DisplayText.Clean(url);

    /// <summary>A file's size: <c>1.2 MB (1,234,567 bytes)</c>; empty for none.</summary>
    public static string Size(long? bytes)
    {
        if (bytes is not { } count)
        {
            return "";
        }

        (double units, string unit) = count switch
        {
            < 1024 => (0, ""),
            < 1024 * 1024 => (count / 1024d, "KB"),
            < 1024 * 1024 * 1024 => (count / (1024d * 1024), "MB"),
            _ => (count / (1024d * 1024 * 1024), "GB"),
        };
        return unit.Length == 0
            ? FormattableString.Invariant($"{count} bytes")
            : FormattableString.Invariant($"{units:0.#} {unit} ({count:N0} bytes)");
    }

    /// <summary>
    /// When the answer was given, and its cost: <c>2026-11-20 14:05 UTC (3 days ago), from the cache</c> or <c>…, 1 request</c>.
    /// </summary>
    /// <param name="now">The current time; by default the system's.</param>
    public static string Retrieved(EnrichmentResult result, DateTimeOffset? now = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        string how = result.FromCache ? "from the cache, no request"
            : result.Requests == 1 ? "1 request"
            : string.Create(CultureInfo.InvariantCulture, $"{result.Requests} requests");
        return result.RetrievedAt is { } time ? $"{DisplayTime.UtcWithAge(time, now)}, {how}" : how;
    }

    private static IEnumerable<string> Names(EnrichmentResult result) => ((string?[])
        [result.ThreatLabel, result.Name, result.AsOwner, result.Country, result.Registrar, result.FileType])
        .OfType<string>()
        .Where(static text => !string.IsNullOrWhiteSpace(text));

    private static string WithoutIndicator(string indicator, string reason)
    {
        int at = reason.IndexOf(AfterIndicator, StringComparison.Ordinal);
        return at >= 0 ? reason[(at + AfterIndicator.Length)..] : LookupScope.WhySkipped(indicator, reason);
    }
}
