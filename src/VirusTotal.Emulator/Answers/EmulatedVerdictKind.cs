namespace VirusTotal.Emulator;

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
