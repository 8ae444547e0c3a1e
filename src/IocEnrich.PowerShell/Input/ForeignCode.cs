using System.Management.Automation;

namespace IocEnrich.PowerShell.Input;

/// <summary>Code that comes with an object of somebody else: its properties, its enumerator.</summary>
internal static class ForeignCode
{
    /// <summary>
    /// Whether an exception is of that code, and not the end of the pipeline or of the process, nor a <c>break</c> or <c>exit</c> that runs
    /// through.
    /// </summary>
    internal static bool IsItsOwn(Exception exception) =>
        exception is not (PipelineStoppedException or PipelineClosedException or FlowControlException or OutOfMemoryException or InsufficientExecutionStackException);
}
