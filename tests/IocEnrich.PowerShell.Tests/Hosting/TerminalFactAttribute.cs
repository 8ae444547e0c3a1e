namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>A fact about what is seen and typed on a terminal; see <see cref="PseudoTerminal"/>.</summary>
internal sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "The tests have a terminal on Linux only.";
}
