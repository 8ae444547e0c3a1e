using System.Management.Automation;
using IocEnrich.PowerShell.Completion;
using IocEnrich.PowerShell.Jobs;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Gets the enrichment jobs of this session, with their progress.</summary>
[Cmdlet(VerbsCommon.Get, "IocEnrichmentJob", DefaultParameterSetName = JobSelection.NameSet)]
[OutputType(typeof(IocEnrichmentJob))]
public sealed class GetIocEnrichmentJobCommand : PSCmdlet
{
    /// <summary>The names of the jobs. Wildcards are allowed. By default, all jobs.</summary>
    [Parameter(ParameterSetName = JobSelection.NameSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The ids of the jobs in this session.</summary>
    [Parameter(ParameterSetName = JobSelection.IdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public int[] Id { get; set; } = [];

    /// <summary>The instance ids (GUIDs) of the jobs.</summary>
    [Parameter(ParameterSetName = JobSelection.InstanceIdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobInstanceIdCompleter))]
    public Guid[] InstanceId { get; set; } = [];

    /// <summary>
    /// The states of the jobs to return: Running, Completed, Failed (ended early), Stopped. PowerShell's other states do not occur.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateSet(nameof(JobState.Running), nameof(JobState.Completed), nameof(JobState.Failed), nameof(JobState.Stopped))]
    public JobState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<IocEnrichmentJob> jobs = ParameterSetName switch
        {
            JobSelection.IdSet => JobSelection.ById(this, Id),
            JobSelection.InstanceIdSet => JobSelection.ByInstanceId(this, InstanceId),
            _ => Name is null ? JobSelection.All(this) : JobSelection.ByName(this, Name),
        };

        // A copy, so that Get-IocEnrichmentJob | Remove-Job is safe.
        foreach (IocEnrichmentJob job in jobs.Where(job => State is null || State.Contains(job.JobStateInfo.State)).ToArray())
        {
            EnrichmentSession.Current.Orchestrator.Touch(job.Enrichment);
            WriteObject(job);
        }
    }
}
