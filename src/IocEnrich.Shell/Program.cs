using System.Management.Automation;
using System.Text;

namespace IocEnrich.Shell;

/// <summary>The door: reads the command line, opens a session, does what was asked.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // Reports and indicators are UTF-8 whatever the locale says; without a byte order mark, which other programs would read as text.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        CommandLine line;
        try
        {
            line = CommandLine.Parse(args);
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Usage;
        }

        switch (line.Mode)
        {
            case ShellMode.Help:
                Console.WriteLine(HelpText.Help);
                return ExitCode.Success;
            case ShellMode.Version:
                Console.WriteLine(HelpText.Version);
                return ExitCode.Success;
            default:
                return await RunAsync(line);
        }
    }

    private static async Task<int> RunAsync(CommandLine line)
    {
        using Interrupts interrupts = new();
        LineSource input = new();
        using ShellUserInterface screen = new(input, interrupts, mayAsk: !line.NonInteractive && !Console.IsInputRedirected);
        ShellHost host = new(screen);
        try
        {
            using ShellSession session = ShellSession.Open(host, screen, interrupts, input, BuildPaths.FindModule());
            int exitCode = line.Mode switch
            {
                ShellMode.Command => session.RunCommand(line.Text),
                ShellMode.CommandFromStandardInput => session.RunCommand(await Console.In.ReadToEndAsync()),
                ShellMode.File => session.RunFile(line.Text, line.Arguments),
                ShellMode.QuickStart => await QuickStart.RunAsync(session),
                _ => ExitCode.Success,
            };

            if ((line.Mode == ShellMode.Interactive || line.NoExit) && session.EndedWith is null)
            {
                if (!line.NoLogo)
                {
                    screen.WriteLine($"{HelpText.Version}. Type exit to leave.");
                }

                exitCode = new InteractiveLoop(session, screen, interrupts).Run();
            }

            return exitCode;
        }
        catch (Exception exception) when (exception is RuntimeException or FileNotFoundException)
        {
            // Everything a command throws is shown where it ran: what arrives here kept the shell from starting.
            screen.WriteShellError(exception.Message);
            return ExitCode.Failure;
        }
    }
}
