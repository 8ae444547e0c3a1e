using System.Management.Automation.Language;
using System.Text;

namespace IocEnrich.Shell;

/// <summary>A prompt, a command, its results, and again.</summary>
internal sealed class InteractiveLoop(ShellSession session, ShellUserInterface screen, Interrupts interrupts)
{
    private readonly List<string> _history = [];

    /// <summary>Reads and runs commands until <c>exit</c>, the end of the input, or a signal that ends the session.</summary>
    /// <returns>The code of <c>exit</c> or of the signal, or success.</returns>
    public int Run()
    {
        while (session.EndedWith is null && TryReadCommand(out string command))
        {
            if (!string.IsNullOrWhiteSpace(command))
            {
                session.RunCommand(command);
            }
        }

        return session.EndedWith ?? ExitCode.Success;
    }

    /// <summary>Reads a command, which may take several lines. Ctrl+C gives an empty one.</summary>
    private bool TryReadCommand(out string command)
    {
        command = string.Empty;
        StringBuilder text = new();
        using Interrupts.Scope scope = interrupts.Begin();
        try
        {
            string prompt = session.EvaluatePrompt();
            while (true)
            {
                screen.Write(prompt);
                if (screen.ReadLine(_history, scope.Token) is not { } line)
                {
                    return false;
                }

                text.AppendLine(line);
                if (line.Length > 0)
                {
                    _history.Add(line);
                }

                // An empty line hands over even what is incomplete, so that the parser can say what is missing.
                if (line.Length == 0 || !IsIncomplete(text.ToString()))
                {
                    command = text.ToString();
                    return true;
                }

                prompt = ">> ";
            }
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
