using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace IocEnrich.Shell;

/// <summary>Asks the person at the terminal, or says plainly that there is nobody to ask.</summary>
internal sealed class Questions(ShellUserInterface screen, Interrupts interrupts, bool mayAsk)
{
    /// <summary>One line of text.</summary>
    public string ReadLine()
    {
        RequireSomebody();
        try
        {
            return screen.ReadLine(history: [], interrupts.Token)
                ?? throw new PSInvalidOperationException("The input ended before there was an answer.");
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>One line that is not shown.</summary>
    public SecureString ReadSecret()
    {
        RequireSomebody();
        SecureString secret = new();

        try
        {
            while (Keyboard.ReadKey(interrupts.Token) is { Key: not ConsoleKey.Enter } key)
            {
                if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
                {
                    secret.RemoveAt(secret.Length - 1);
                }
                else if (!char.IsControl(key.KeyChar))
                {
                    secret.AppendChar(key.KeyChar);
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            screen.WriteLine();
        }

        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>A user name, unless it is given, and a password.</summary>
    public PSCredential AskForCredential(string? caption, string? message, string? userName)
    {
        RequireSomebody();
        Introduce(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            screen.Write("User: ");
            userName = ReadLine();
        }

        screen.Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadSecret());
    }

    /// <summary>The values of mandatory parameters that were not given.</summary>
    public Dictionary<string, PSObject> AskForFields(string? caption, string? message, Collection<FieldDescription> fields)
    {
        RequireSomebody();
        Introduce(caption, message);
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in fields)
        {
            Type type = Type.GetType(field.ParameterAssemblyFullName)
                ?? (LanguagePrimitives.TryConvertTo(field.ParameterTypeFullName, out Type found) ? found : typeof(string));
            object answer = type.IsAssignableTo(typeof(IList)) ? AskForList(field.Name, type) : AskForValue(field.Name, type);
            answers[field.Name] = PSObject.AsPSObject(answer);
        }

        return answers;
    }

    /// <summary>One of several choices, by its hot key or its label.</summary>
    public int AskForChoice(string? caption, string? message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireSomebody();
        Introduce(caption, message);
        (string HotKey, string Label)[] options = [.. choices.Select(choice => Split(choice.Label))];
        string menu = string.Concat(
            options.Select(option => option.HotKey.Length > 0 ? $"[{option.HotKey}] {option.Label}  " : $"{option.Label}  "));
        string hint = defaultChoice >= 0 ? $" (default is \"{NameOf(options[defaultChoice])}\")" : string.Empty;

        while (true)
        {
            screen.Write($"{menu}[?] Help{hint}: ");
            string answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (answer == "?")
            {
                for (int i = 0; i < choices.Count; i++)
                {
                    screen.WriteLine($"{NameOf(options[i])} - {choices[i].HelpMessage}");
                }

                continue;
            }

            int chosen = Array.FindIndex(
                options,
                option => answer.Equals(option.HotKey, StringComparison.OrdinalIgnoreCase)
                    || answer.Equals(option.Label, StringComparison.OrdinalIgnoreCase));
            if (answer.Length > 0 && chosen >= 0)
            {
                return chosen;
            }
        }
    }

    private static string NameOf((string HotKey, string Label) option) => option.HotKey.Length > 0 ? option.HotKey : option.Label;

    /// <summary>The ampersand of "Yes to &amp;All" stands before the hot key.</summary>
    private static (string HotKey, string Label) Split(string label)
    {
        int ampersand = label.IndexOf('&', StringComparison.Ordinal);
        return ampersand >= 0 && ampersand + 1 < label.Length
            ? (label[ampersand + 1].ToString().ToUpperInvariant(), label.Remove(ampersand, 1))
            : (string.Empty, label);
    }

    private object AskForList(string name, Type type)
    {
        Type elementType = type.GetElementType() ?? typeof(object);
        List<object> values = [];
        while (true)
        {
            screen.Write($"{name}[{values.Count}]: ");
            string answer = ReadLine();
            if (answer.Length == 0)
            {
                return LanguagePrimitives.ConvertTo(values, type, CultureInfo.InvariantCulture);
            }

            values.Add(LanguagePrimitives.ConvertTo(answer, elementType, CultureInfo.InvariantCulture));
        }
    }

    private object AskForValue(string name, Type type)
    {
        if (type == typeof(PSCredential))
        {
            return AskForCredential(name, message: null, userName: null);
        }

        screen.Write($"{name}: ");
        return type == typeof(SecureString) ? ReadSecret() : LanguagePrimitives.ConvertTo(ReadLine(), type, CultureInfo.InvariantCulture);
    }

    private void Introduce(string? caption, string? message)
    {
        foreach (string? text in (string?[])[caption, message])
        {
            if (!string.IsNullOrEmpty(text))
            {
                screen.WriteLine(text);
            }
        }
    }

    private void RequireSomebody()
    {
        if (!mayAsk)
        {
            throw new PSInvalidOperationException(
                "Nobody can be asked: standard input is not a terminal, or -NonInteractive was given. "
                + "Read and Prompt functionality is not available.");
        }
    }
}
