using System.Management.Automation;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Jobs;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Finds enrichment jobs of the session by what users call them. A miss without wildcard is an error.</summary>
internal static class JobSelection
{
    internal const string NameSet = "Name";
    internal const string IdSet = "Id";
    internal const string InstanceIdSet = "InstanceId";

    /// <summary>All of them, in the order of their ids.</summary>
    internal static IEnumerable<IocEnrichmentJob> All(PSCmdlet cmdlet) =>
        cmdlet.JobRepository.Jobs.OfType<IocEnrichmentJob>().OrderBy(static job => job.Id);

    internal static IEnumerable<IocEnrichmentJob> ByName(PSCmdlet cmdlet, string[] names) => Select(
        cmdlet,
        names,
        static name =>
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            return job => pattern.IsMatch(job.Name);
        },
        static name => WildcardPattern.ContainsWildcardCharacters(name) ? null : $"with the name '{DisplayText.Clean(name)}'");

    internal static IEnumerable<IocEnrichmentJob> ById(PSCmdlet cmdlet, int[] ids) =>
        Select(cmdlet, ids, static id => job => job.Id == id, static id => $"with the id {id}");

    internal static IEnumerable<IocEnrichmentJob> ByInstanceId(PSCmdlet cmdlet, Guid[] ids) =>
        Select(cmdlet, ids, static id => job => job.InstanceId == id, static id => $"with the instance id {id}");

    /// <param name="cmdlet">Who asks.</param>
    /// <param name="keys">What is asked for.</param>
    /// <param name="matcher">Tells whether a job is one that a key means.</param>
    /// <param name="miss">What is said of a key that no job has; null where that is no error.</param>
    private static IEnumerable<IocEnrichmentJob> Select<TKey>(
        PSCmdlet cmdlet, TKey[] keys, Func<TKey, Func<IocEnrichmentJob, bool>> matcher, Func<TKey, string?> miss)
    {
        HashSet<IocEnrichmentJob> selected = [];
        foreach (TKey key in keys)
        {
            IocEnrichmentJob[] found = All(cmdlet).Where(matcher(key)).ToArray();
            selected.UnionWith(found);
            if (found.Length == 0 && miss(key) is { } missed)
            {
                KnownErrors.JobNotFound.Report(cmdlet, new ItemNotFoundException($"There is no enrichment job {missed} in this session."), key);
            }
        }

        return selected.OrderBy(static job => job.Id);
    }
}
