using System.Management.Automation;

namespace IocEnrich.Shell;

/// <summary>Says once why a command that every PowerShell has is not found here.</summary>
internal sealed class MissingCommandHint(ShellUserInterface screen)
{
    private static readonly Type[] VerbGroups =
    [
        typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
        typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
    ];

    private static readonly HashSet<string> ApprovedVerbs = new(
        VerbGroups.SelectMany(verbs => verbs.GetFields()).Select(verb => verb.Name), StringComparer.OrdinalIgnoreCase);

    private bool _wasShown;

    /// <param name="errors">The session's <c>$Error</c>.</param>
    public void ShowIfNeeded(IEnumerable<ErrorRecord> errors)
    {
        if (!_wasShown && errors.Select(error => error.Exception).OfType<CommandNotFoundException>().Any(LooksLikeACmdlet))
        {
            _wasShown = true;
            screen.WriteHint(
                "This shell has the PowerShell engine with its core commands, and IocEnrich. Get-Content, Select-Object, Export-Csv, "
                + "Write-Host and the like belong to modules that come with pwsh: run the script there, or use .NET, as in "
                + "[IO.File]::ReadAllLines('iocs.txt').");
        }
    }

    // A mistyped program would not be found in pwsh either.
    private static bool LooksLikeACmdlet(CommandNotFoundException exception)
        => exception.CommandName?.Split('-') is [var verb, _, ..] && ApprovedVerbs.Contains(verb);
}
