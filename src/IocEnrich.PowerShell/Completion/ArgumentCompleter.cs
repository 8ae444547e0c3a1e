using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace IocEnrich.PowerShell.Completion;

/// <summary>Completes the value of a parameter from what fits the word at the cursor.</summary>
internal abstract class ArgumentCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Complete(new CompletionWord(wordToComplete));

    private protected abstract IEnumerable<CompletionResult> Complete(CompletionWord word);
}
