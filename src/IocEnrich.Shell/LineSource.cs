namespace IocEnrich.Shell;

/// <summary>Standard input by lines, from a terminal or from a pipe or file, where waiting for a line can be given up.</summary>
internal sealed class LineSource
{
    private readonly Lazy<TextReader> _reader = new(() => new StreamReader(Console.OpenStandardInput(), Console.InputEncoding));
    private readonly bool _isTerminal = !Console.IsInputRedirected && TerminalStream.UnderstandsEscapes;
    private Task<string?>? _reading;

    /// <summary>The next line, or <see langword="null"/> at the end of the input.</summary>
    /// <param name="column">The column of the cursor, if the input is a terminal.</param>
    /// <param name="history">What was typed before, for a person who wants it again.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public string? ReadLine(int column, IReadOnlyList<string> history, CancellationToken cancellationToken)
    {
        if (_isTerminal)
        {
            return LineEditor.ReadLine(column, history, cancellationToken);
        }

        // A read that the system has begun cannot be taken back: when it is given up it stays, and its line goes to whoever asks next.
        _reading ??= Task.Factory.StartNew(
            _reader.Value.ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _reading.Wait(cancellationToken);
        string? line = _reading.GetAwaiter().GetResult();
        _reading = null;
        return line;
    }

    /// <summary>All lines that are left.</summary>
    public IEnumerable<string> ReadLines(CancellationToken cancellationToken)
    {
        while (ReadLine(column: 0, history: [], cancellationToken) is { } line)
        {
            yield return line;
        }
    }
}
