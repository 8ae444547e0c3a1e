namespace IocEnrich.Shell;

/// <summary>What the shell is asked to do.</summary>
internal enum ShellMode
{
    QuickStart,
    Command,
    CommandFromStandardInput,
    File,
    Interactive,
    Help,
    Version,
}

/// <summary>The command line, read as pwsh reads its own: options in any case, with one dash or two, and shortened.</summary>
internal sealed record CommandLine
{
    /// <summary>Each option with the shortest form that pwsh accepts for it.</summary>
    private static readonly (string Name, string Shortest)[] Options =
    [
        ("version", "v"),
        ("help", "h"),
        ("?", "?"),
        ("noexit", "noe"),
        ("noprofile", "nop"),
        ("nologo", "nol"),
        ("noninteractive", "noni"),
        ("interactive", "i"),
        ("command", "c"),
        ("file", "f"),
    ];

    public ShellMode Mode { get; private init; } = ShellMode.QuickStart;

    /// <summary>The command to run, or the full path of the script file.</summary>
    public string Text { get; private init; } = string.Empty;

    /// <summary>What a script file is given.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>Nobody may be asked anything.</summary>
    public bool NonInteractive { get; private init; }

    /// <summary>Stay at the prompt when the command or file is done.</summary>
    public bool NoExit { get; private init; }

    public bool NoLogo { get; private init; }

    /// <summary>Reads the arguments of the process.</summary>
    /// <exception cref="UsageException">They cannot be understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        CommandLine line = new();
        for (int i = 0; i < args.Count; i++)
        {
            string? option = OptionNamed(args[i]);
            switch (option)
            {
                // pwsh looks no further than -Version and -Help either.
                case "version":
                    return line with { Mode = ShellMode.Version };
                case "help" or "?":
                    return line with { Mode = ShellMode.Help };
                case "noprofile":
                    // There are no profiles here. The option is accepted because every pwsh command line carries it.
                    break;
                case "nologo":
                    line = line with { NoLogo = true };
                    break;
                case "noninteractive":
                    line = line with { NonInteractive = true };
                    break;
                case "interactive":
                    line = line with { Mode = ShellMode.Interactive };
                    break;
                case "noexit":
                    line = line with { Mode = ShellMode.Interactive, NoExit = true };
                    break;
                case "command":
                    return line.WithCommand([.. args.Skip(i + 1)]);
                case "file":
                    return line.WithFile([.. args.Skip(i + 1)]);
                default:
                    // As in pwsh, the first thing that is not an option is a script file.
                    return args[i].StartsWith('-')
                        ? throw new UsageException($"'{args[i]}' is not an option of this shell; -Help lists those that are.")
                        : line.WithFile([.. args.Skip(i)]);
            }
        }

        return line;
    }

    private static string? OptionNamed(string arg)
    {
        string name = arg.StartsWith("--", StringComparison.Ordinal) ? arg[2..] : arg.StartsWith('-') ? arg[1..] : string.Empty;
        return Options
            .Where(option => name.Length >= option.Shortest.Length && option.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            .Select(option => option.Name)
            .FirstOrDefault();
    }

    private CommandLine WithCommand(IReadOnlyList<string> rest) => rest switch
    {
        [] => throw new UsageException("-Command needs a command, or '-' to read it from standard input."),
        ["-"] when Console.IsInputRedirected => this with { Mode = ShellMode.CommandFromStandardInput },
        ["-"] => throw new UsageException(
            "'-Command -' reads the command from standard input, which is a terminal here: pipe something in, or use -Interactive."),
        ["-", ..] => throw new UsageException("'-Command -' takes no further arguments: the command comes from standard input."),
        _ => this with { Mode = ShellMode.Command, Text = string.Join(' ', rest) },
    };

    private CommandLine WithFile(IReadOnlyList<string> rest)
    {
        if (rest is [])
        {
            throw new UsageException("-File needs the path of a script.");
        }

        string path = Path.GetFullPath(rest[0]);
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no script file '{rest[0]}'.");
        }

        return this with { Mode = ShellMode.File, Text = path, Arguments = [.. rest.Skip(1)] };
    }
}
