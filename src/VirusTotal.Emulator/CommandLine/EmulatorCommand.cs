using VirusTotal.Emulator.Timing;

namespace VirusTotal.Emulator.CommandLine;

/// <summary>What a command line asks for.</summary>
public sealed record EmulatorCommand
{
    /// <summary>How the server behaves.</summary>
    public EmulatorOptions Options { get; init; } = new() { TimeProvider = new PunctualTimeProvider() };

    /// <summary>The process whose end also ends the server, by its id.</summary>
    public int? Parent { get; init; }

    /// <summary>Whether the end of the standard input ends the server.</summary>
    public bool ExitWithStdin { get; init; }

    /// <summary>Whether only the help is asked for.</summary>
    public bool ShowHelp { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">An argument is wrong; the message is one sentence for people.</exception>
    public static EmulatorCommand Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        EmulatorCommand command = new();
        using IEnumerator<string> rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            command = command.With(rest.Current, rest);
        }

        try
        {
            command.Options.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"An option is out of its range: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        return command;
    }

    private EmulatorCommand With(string name, IEnumerator<string> rest) => name switch
    {
        "--help" or "-h" => this with { ShowHelp = true },
        "--exit-with-stdin" => this with { ExitWithStdin = true },
        "--parent" => this with { Parent = ArgumentText.Whole(name, Value(name, rest)) },
        "--port" => this with { Options = Options with { Port = ArgumentText.Whole(name, Value(name, rest)) } },
        "--address" => this with { Options = Options with { Address = ArgumentText.Address(name, Value(name, rest)) } },
        "--key" => this with { Options = Options with { ApiKeys = [.. Options.ApiKeys ?? [], Value(name, rest)] } },
        "--forbidden-key" => this with { Options = Options with { ForbiddenKeys = [.. Options.ForbiddenKeys, Value(name, rest)] } },
        "--latency" => this with { Options = Options with { Latency = ArgumentText.Duration(name, Value(name, rest)) } },
        "--requests-per-minute" => this with { Options = Options with { RequestsPerMinute = ArgumentText.Whole(name, Value(name, rest)) } },
        "--requests-per-day" => this with { Options = Options with { RequestsPerDay = ArgumentText.Whole(name, Value(name, rest)) } },
        "--known" => this with { Options = Options with { Known = ArgumentText.Known(name, Value(name, rest), Options.Known) } },
        "--fault" => this with { Options = Options with { Faults = [.. Options.Faults, ArgumentText.Fault(name, Value(name, rest))] } },
        _ => throw new FormatException($"There is no option \"{name}\"; --help lists them all."),
    };

    private static string Value(string name, IEnumerator<string> rest) =>
        rest.MoveNext() ? rest.Current : throw new FormatException($"The option {name} needs a value.");
}
