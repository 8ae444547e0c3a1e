using System.Management.Automation;
using IocEnrich.Engine.Sqlite;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>
/// Shows the state of the cache: where it is, how many answers it holds, their size and age, and how many requests it has saved.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IocEnrichmentCache")]
[OutputType(typeof(EnrichmentCache))]
public sealed class GetIocEnrichmentCacheCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            WriteObject(SessionStore.Use(this, static store => store.GetStatistics()));
        }
        catch (StoreUnusableException unusable)
        {
            KnownErrors.StoreUnusable.Report(this, unusable, SessionStore.Path);
        }
    }
}
