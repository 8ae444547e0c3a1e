using System.Net;

namespace VirusTotal.Emulator.CommandLine;

/// <summary>What a command line asks for.</summary>
public sealed record EmulatorCommand
{
    /// <summary>How the server behaves.</summary>
    public EmulatorOptions Options { get; init; } = new();

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
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? name))
        {
            command = name switch
            {
                "--help" or "-h" => command with { ShowHelp = true },
                "--exit-with-stdin" => command with { ExitWithStdin = true },
                _ when rest.TryDequeue(out string? value) => Explained(name, value, () => command.With(name, value)),
                _ => throw new FormatException($"The option {name} needs a value, or there is none of that name; --help lists them all."),
            };
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

    private EmulatorCommand With(string name, string value) => name == "--parent"
        ? this with { Parent = Quantity.Whole(value) }
        : this with
        {
            Options = name switch
            {
                "--port" => Options with { Port = Quantity.Whole(value) },
                "--address" => Options with { Address = IPAddress.Parse(value) },
                "--key" => Options with { ApiKeys = [.. Options.ApiKeys ?? [], value] },
                "--forbidden-key" => Options with { ForbiddenKeys = [.. Options.ForbiddenKeys, value] },
                "--forbid-relationship" => Options with { ForbiddenRelationships = [.. Options.ForbiddenRelationships, value] },
                "--latency" => Options with { Latency = Quantity.Duration(value) },
                "--requests-per-minute" => Options with { RequestsPerMinute = Quantity.Whole(value) },
                "--requests-per-day" => Options with { RequestsPerDay = Quantity.Whole(value) },
                "--known" => Options with { Known = WithKnown(value) },
                "--fault" => Options with { Faults = [.. Options.Faults, FaultRule.Parse(value)] },
                _ => throw new FormatException("there is no such option; --help lists them all."),
            },
        };

    /// <summary>What was known, and one more: <c>INDICATOR=VERDICT</c>, divided at the last sign as URLs may hold others.</summary>
    private Dictionary<string, EmulatedVerdict> WithKnown(string text) => text.LastIndexOf('=') is > 0 and int sign
        ? new(Options.Known) { [text[..sign]] = Verdict(text[(sign + 1)..].Split(':')) }
        : throw new FormatException("it is not of the form INDICATOR=VERDICT.");

    private static EmulatedVerdict Verdict(string[] words) => words switch
    {
        ["not-found"] => EmulatedVerdict.NotFound,
        ["harmless"] => EmulatedVerdict.Harmless,
        ["undetected"] => EmulatedVerdict.Undetected,
        ["no-analysis"] => EmulatedVerdict.NoAnalysis,
        ["malicious"] => EmulatedVerdict.Malicious(),
        ["suspicious"] => EmulatedVerdict.Suspicious(),
        ["malicious", { } engines] => EmulatedVerdict.Malicious(Quantity.Whole(engines)),
        ["suspicious", { } engines] => EmulatedVerdict.Suspicious(Quantity.Whole(engines)),
        _ => throw new FormatException($"\"{string.Join(':', words)}\" is no verdict."),
    };

    private static EmulatorCommand Explained(string name, string value, Func<EmulatorCommand> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new FormatException($"\"{name} {value}\" cannot be used: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
