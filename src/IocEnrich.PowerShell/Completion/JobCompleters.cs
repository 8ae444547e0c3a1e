using System.Globalization;
using System.Management.Automation;
using IocEnrich.PowerShell.Jobs;

namespace IocEnrich.PowerShell.Completion;

/// <summary>Completes what an enrichment job of this session is called by; the tooltip says which job that is, and how far.</summary>
internal abstract class JobCompleter : ArgumentCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        Jobs().Where(job => word.Fits(TextOf(job))).Select(job => word.Complete(TextOf(job), Describe(job), takesWildcards: true));

    private protected abstract string TextOf(IocEnrichmentJob job);

    private static string Describe(IocEnrichmentJob job) => string.Create(CultureInfo.InvariantCulture, $"{job.Id} {job.Name}: {job.JobStateInfo.State}, {job.StatusMessage}");

    // A completer is no cmdlet and has no list of jobs. Not Get-IocEnrichmentJob: that would count as a use of each of them.
    private static IocEnrichmentJob[] Jobs()
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return [.. shell.AddCommand("Microsoft.PowerShell.Core\\Get-Job").Invoke<Job>().OfType<IocEnrichmentJob>().OrderBy(static job => job.Id)];
    }
}

/// <summary>Completes names of jobs.</summary>
internal sealed class JobNameCompleter : JobCompleter
{
    private protected override string TextOf(IocEnrichmentJob job) => job.Name;
}

/// <summary>Completes ids of jobs.</summary>
internal sealed class JobIdCompleter : JobCompleter
{
    private protected override string TextOf(IocEnrichmentJob job) => job.Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Completes the ids of jobs that are unique everywhere.</summary>
internal sealed class JobInstanceIdCompleter : JobCompleter
{
    private protected override string TextOf(IocEnrichmentJob job) => job.InstanceId.ToString();
}
