using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace IocEnrich.Shell;

/// <summary>What the PowerShell engine knows of this program: its name, its user interface, and the way to leave it.</summary>
internal sealed class ShellHost(ShellUserInterface userInterface) : PSHost
{
    /// <summary>The code given to <c>exit</c>, once that was called.</summary>
    public int? RequestedExitCode { get; private set; }

    /// <inheritdoc/>
    public override string Name => "IocEnrich.Shell";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override PSHostUserInterface UI => userInterface;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt()
        => throw new PSNotSupportedException("This shell has no nested prompt: a command cannot be suspended here.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
        => throw new PSNotSupportedException("This shell has no nested prompt.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
        // A native program shares the terminal as it is.
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
        // Nothing was changed for it.
    }
}
