namespace IocEnrich;

/// <summary>What the engines' opinions on an indicator add up to, the worst last.</summary>
#pragma warning disable CA1028 // ConvertTo-Json writes the names of an enumeration of 64 bits, and of any other the numbers, which nobody compares with a word.
public enum Verdict : long
#pragma warning restore CA1028
{
    /// <summary>Nobody gave an opinion: not found, skipped, failed, or a report without an analysis.</summary>
    Unknown = 0,

    /// <summary>Engines looked at it; fewer than make it suspicious called it harmful, and none called it harmless.</summary>
    Undetected,

    /// <summary>At least one engine calls it harmless, and fewer than make it suspicious call it harmful.</summary>
    Harmless,

    /// <summary>As many engines as the threshold asks for (1 by default), or more, call it malicious or suspicious, but fewer than make it malicious.</summary>
    Suspicious,

    /// <summary>As many engines as the threshold asks for (3 by default), or more, call it malicious.</summary>
    Malicious,
}
