namespace IocEnrich;

/// <summary>How far a job is.</summary>
public enum EnrichmentJobState
{
    /// <summary>Indicators are still arriving or being looked up.</summary>
    Running = 0,

    /// <summary>Every indicator has its result; some of them may be failures of their own.</summary>
    Completed,

    /// <summary>The job ended early, for a reason that concerns all its indicators, such as a refused key.</summary>
    Failed,

    /// <summary>A person, or the end of the session, stopped it.</summary>
    Stopped,
}
