namespace IocEnrich;

/// <summary>The state of a job.</summary>
#pragma warning disable CA1028 // ConvertTo-Json writes the names of an enumeration of 64 bits, and of any other the numbers, which nobody compares with a word.
public enum EnrichmentJobState : long
#pragma warning restore CA1028
{
    /// <summary>Indicators are still arriving or being looked up.</summary>
    Running = 0,

    /// <summary>Every indicator has a result; some lookups may have failed.</summary>
    Completed,

    /// <summary>The job ended early, for a reason that affects all its indicators, such as a refused key.</summary>
    Failed,

    /// <summary>The job was stopped, by a user or by the end of the session.</summary>
    Stopped,
}
