using System.Globalization;

namespace IocEnrich.Engine.Orchestration;

/// <summary>The list of jobs is full and all of them run: no job was started.</summary>
#pragma warning disable CA1032 // It is thrown in one place, with the bound that was reached; a message of the caller's would say less.
public sealed class JobLimitException(int maxJobs) : InvalidOperationException(string.Create(
#pragma warning restore CA1032
    CultureInfo.InvariantCulture,
    $"No job was started: {maxJobs} enrichment {(maxJobs == 1 ? "job is" : "jobs are")} running, the maximum for this session. Wait for one to finish (Get-IocEnrichmentJob shows them), or stop one with Stop-Job."))
{
    /// <summary>How many jobs the list keeps.</summary>
    public int MaxJobs { get; } = maxJobs;
}
