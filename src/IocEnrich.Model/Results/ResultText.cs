using System.Globalization;

namespace IocEnrich;

/// <summary>What a result says, in the few words that a view has room for.</summary>
public static class ResultText
{
    // The end of a hash or of a URL tells as much as its beginning.
    private const int TailLength = 10;

    // What stands before these is the indicator, which the view shows anyway.
    private static readonly string[] AfterIndicator = [" is not asked: ", " is not an indicator: "];

    /// <summary>The indicator, defanged so that no terminal makes a link of it, in so many characters: a long one by its beginning and its end.</summary>
    /// <param name="defanged">The defanged form; <see langword="null"/> or, as PowerShell hands that over, empty where there is none.</param>
    /// <param name="plain">The text itself.</param>
    /// <param name="length">How many characters there are room for.</param>
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

    /// <summary>What there is to say in one word: the verdict of what was found, else the status.</summary>
    public static string Outcome(EnrichmentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Status == EnrichmentStatus.Found ? result.Verdict.ToString() : result.Status.ToString();
    }

    /// <summary>
    /// What it is about: how old the answer is where it was known already, then the two most telling names; or why there is no answer, in one word first: the sentence may not fit.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="now">The time it is; the system's unless given.</param>
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
            _ => WithoutIndicator(result.Reason ?? ""),
        });
    }

    // Seconds tell nobody anything, and would be others at each look.
    private static string Age(TimeSpan age) => age < TimeSpan.FromMinutes(1) ? "just now" : DisplayTime.Age(age) + " old";

    /// <summary>A URL that nobody reaches by a click; empty for none. What is no URL is made safe to show, and nothing more.</summary>
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

    /// <summary>When and how the answer came: <c>2026-11-20 14:05 UTC (3 days ago), known already</c> or <c>…, 1 request</c>.</summary>
    /// <param name="result">The result.</param>
    /// <param name="now">The time it is; the system's unless given.</param>
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

    private static string WithoutIndicator(string reason)
    {
        foreach (string mark in AfterIndicator)
        {
            int at = reason.IndexOf(mark, StringComparison.Ordinal);
            if (at >= 0)
            {
                return reason[(at + mark.Length)..];
            }
        }

        return reason;
    }
}
