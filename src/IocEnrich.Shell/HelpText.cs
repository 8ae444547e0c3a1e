using System.Management.Automation;
using System.Reflection;

namespace IocEnrich.Shell;

/// <summary>What -Help and -Version print.</summary>
internal static class HelpText
{
    public const string Help = """
        The PowerShell engine with the IocEnrich module loaded, for machines that have .NET and no pwsh.

        dotnet run --project src/IocEnrich.Shell [-- <options>]

          (nothing)                 The quick start: an emulator of VirusTotal, an example list, its verdicts.
          -Command <text> | -       Run a command: the rest of the line, or standard input.
          -File <path> [arguments]  Run a script, with arguments for its param block.
          -Interactive              Read commands at a prompt; Ctrl+C stops the running one, exit leaves.
          -NoExit                   As -Interactive, after the command or file that follows.
          -NonInteractive           Never ask: a command that would ask fails.
          -NoLogo                   No banner at the prompt.
          -NoProfile                Accepted for the sake of habit: there are no profiles.
          -Version, -Help

        Options are written in any case and may be shortened as in pwsh (-c, -f, -nop, -noni, …).
        Exit codes: what exit was given; 1 after an error that ends the script, or if the last statement of -Command failed;
        64 for a command line that cannot be understood; 130 after Ctrl+C.
        The module is the one this build staged; the environment variable IOCENRICH_MODULE names another.
        """;

    public static string Version => $"IocEnrich.Shell {VersionOf(typeof(HelpText))}, PowerShell engine {VersionOf(typeof(PSObject))}";

    // What follows a plus sign or a space is the commit it was built from.
    private static string VersionOf(Type type)
        => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', ' ')[0]
            ?? "of unknown version";
}
