using System.Management.Automation;
using IocEnrich.Engine.Sqlite;
using IocEnrich.PowerShell.Errors;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Tells what the store of known answers holds: where it is, how many answers, how large, how old, and how often it was of use.</summary>
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
