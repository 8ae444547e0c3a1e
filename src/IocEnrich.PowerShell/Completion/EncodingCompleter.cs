using System.Management.Automation;
using IocEnrich.PowerShell.Commands;

namespace IocEnrich.PowerShell.Completion;

/// <summary>Completes the names of encodings.</summary>
internal sealed class EncodingCompleter : ArgumentCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        EncodingTransformationAttribute.Names.Where(name => word.Fits(name)).Select(name => word.Complete(name, name));
}
