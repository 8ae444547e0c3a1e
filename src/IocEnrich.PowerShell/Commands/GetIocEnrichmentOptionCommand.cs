using System.Management.Automation;
using IocEnrich.PowerShell.Completion;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Gets the options of this session, and where each value comes from.</summary>
[Cmdlet(VerbsCommon.Get, "IocEnrichmentOption")]
[OutputType(typeof(EnrichmentOption))]
public sealed class GetIocEnrichmentOptionCommand : PSCmdlet
{
    /// <summary>The names of the options. Wildcards are allowed. By default, all options.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OptionNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionOptions options = EnrichmentSession.Current.Options;
        foreach (OptionDefinition option in OptionSelection.ByName(this, Name))
        {
            WriteObject(options.Show(option));
        }
    }
}
