namespace VirusTotal.Emulator;

/// <summary>What the emulated service knows about an indicator.</summary>
public sealed record EmulatedVerdict
{
    /// <summary>The most engines that may call an indicator bad, so that the rest of a panel still has room.</summary>
    public const int MostDetections = 60;

    private EmulatedVerdict(EmulatedVerdictKind kind, int malicious = 0, int suspicious = 0)
    {
        Kind = kind;
        MaliciousEngines = malicious;
        SuspiciousEngines = suspicious;
    }

    /// <summary>The service has never seen it: 404.</summary>
    public static EmulatedVerdict NotFound { get; } = new(EmulatedVerdictKind.NotFound);

    /// <summary>Most engines call it harmless, none calls it bad. (Of a file, two engines do.)</summary>
    public static EmulatedVerdict Harmless { get; } = new(EmulatedVerdictKind.Harmless);

    /// <summary>Engines looked and saw nothing; none calls it harmless.</summary>
    public static EmulatedVerdict Undetected { get; } = new(EmulatedVerdictKind.Undetected);

    /// <summary>There is a report, but it has neither <c>last_analysis_stats</c> nor <c>last_analysis_results</c>.</summary>
    public static EmulatedVerdict NoAnalysis { get; } = new(EmulatedVerdictKind.NoAnalysis);

    /// <summary>Which case it is.</summary>
    public EmulatedVerdictKind Kind { get; }

    /// <summary>How many engines call it malicious, 0 to <see cref="MostDetections"/>.</summary>
    public int MaliciousEngines { get; }

    /// <summary>How many engines call it suspicious, 0 to <see cref="MostDetections"/>.</summary>
    public int SuspiciousEngines { get; }

    /// <summary>That many engines call it malicious.</summary>
    /// <param name="engines">1 to <see cref="MostDetections"/>; with 1 or 2 most clients would speak of suspicion.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static EmulatedVerdict Malicious(int engines = 42) => Detected(engines, 0);

    /// <summary>That many engines call it suspicious, and none malicious.</summary>
    /// <param name="engines">1 to <see cref="MostDetections"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static EmulatedVerdict Suspicious(int engines = 1) => Detected(0, engines);

    /// <summary>Some engines call it malicious and some suspicious.</summary>
    /// <param name="malicious">From 0.</param>
    /// <param name="suspicious">From 0; both together 1 to <see cref="MostDetections"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static EmulatedVerdict Detected(int malicious, int suspicious)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(malicious);
        ArgumentOutOfRangeException.ThrowIfNegative(suspicious);
        ArgumentOutOfRangeException.ThrowIfLessThan((long)malicious + suspicious, 1, nameof(malicious));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)malicious + suspicious, MostDetections, nameof(malicious));
        return new EmulatedVerdict(malicious > 0 ? EmulatedVerdictKind.Malicious : EmulatedVerdictKind.Suspicious, malicious, suspicious);
    }
}

/// <summary>The cases of <see cref="EmulatedVerdict"/>.</summary>
public enum EmulatedVerdictKind
{
    /// <summary>Never seen: 404.</summary>
    NotFound = 0,

    /// <summary>At least one engine calls it malicious.</summary>
    Malicious,

    /// <summary>At least one engine calls it suspicious, none malicious.</summary>
    Suspicious,

    /// <summary>Engines call it harmless.</summary>
    Harmless,

    /// <summary>Engines saw nothing.</summary>
    Undetected,

    /// <summary>A report without an analysis.</summary>
    NoAnalysis,
}
