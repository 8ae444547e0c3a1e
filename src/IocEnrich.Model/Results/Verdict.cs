namespace IocEnrich;

/// <summary>What the engines' opinions on an indicator add up to, the worst last.</summary>
#pragma warning disable CA1028 // ConvertTo-Json writes the names of an enumeration of 64 bits, and of any other the numbers, which nobody compares with a word.
public enum Verdict : long
#pragma warning restore CA1028
{
    /// <summary>No engine returned a verdict: not found, skipped, failed, or a report without an analysis.</summary>
    Unknown = 0,

    /// <summary>
    /// Engines looked and found nothing: fewer than the threshold for Suspicious say malicious or suspicious, and none says harmless.
    /// </summary>
    Undetected,

    /// <summary>At least one engine says harmless, and fewer than the threshold for Suspicious say malicious or suspicious.</summary>
    Harmless,

    /// <summary>At least as many engines as the threshold (1 by default) say malicious or suspicious, but too few for Malicious.</summary>
    Suspicious,

    /// <summary>At least as many engines as the threshold (3 by default) say malicious.</summary>
    Malicious,
}
