using System.Management.Automation;
using IocEnrich.PowerShell.Session;

namespace IocEnrich.PowerShell.Completion;

/// <summary>Completes names of options; the tooltip says what each is now, and what it does.</summary>
internal sealed class OptionNameCompleter : ArgumentCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word)
    {
        SessionOptions options = EnrichmentSession.Current.Options;
        return SessionOptions.All
            .Where(option => word.Fits(option.Name))
            .Select(options.Show)
            .Select(option => word.Complete(option.Name, $"{option}. {option.Description}"));
    }
}
