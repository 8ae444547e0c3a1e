using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace IocEnrich.Shell;

/// <summary>
/// Shows what the engine writes. Where things go:
/// <list type="bullet">
/// <item>Results, warnings, verbose and debug messages go to standard output, as in pwsh.</item>
/// <item>Errors go to standard error. pwsh does so only where standard error is redirected, which lets the errors of
/// <c>pwsh -c … &gt; results.csv</c> end up in the results. On a terminal the two cannot be told apart.</item>
/// <item>Progress goes to standard error, on a terminal only.</item>
/// </list>
/// </summary>
internal sealed class ShellUserInterface : PSHostUserInterface, IDisposable
{
    private readonly Lock _sync = new();
    private readonly TerminalStream _output = TerminalStream.Output();
    private readonly TerminalStream _error = TerminalStream.Error();
    private readonly ShellRawUserInterface _raw = new();
    private readonly ProgressLine _progress;
    private readonly LineSource _lines;
    private readonly Questions _questions;
    private int _column;
    private bool _outputIsError;

    /// <param name="lines">Where answers come from.</param>
    /// <param name="interrupts">What ends the wait for one.</param>
    /// <param name="mayAsk">Whether there is somebody to ask.</param>
    public ShellUserInterface(LineSource lines, Interrupts interrupts, bool mayAsk)
    {
        _progress = new ProgressLine(_error, _sync, TimeProvider.System);
        _lines = lines;
        _questions = new Questions(this, interrupts, mayAsk);
        PSStyle.Instance.OutputRendering = _output.IsColoured ? OutputRendering.Host : OutputRendering.PlainText;
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI => _raw;

    /// <inheritdoc/>
    /// <remarks>The engine's error view is coloured if this says so; a stream that wants no colours drops them again.</remarks>
    public override bool SupportsVirtualTerminal => _output.IsColoured || _error.IsColoured;

    /// <inheritdoc/>
    public override void Write(string value) => Emit(Output, value, newLine: false);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
        => Emit(Output, value, newLine: false, StyleOf(foregroundColor, backgroundColor));

    /// <inheritdoc/>
    public override void WriteLine() => Emit(Output, string.Empty, newLine: true);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Emit(Output, value, newLine: true);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
        => Emit(Output, value, newLine: true, StyleOf(foregroundColor, backgroundColor));

    /// <inheritdoc/>
    /// <remarks>The text comes from the engine's error view, colours included.</remarks>
    public override void WriteErrorLine(string value) => Emit(_error, value, newLine: true);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message)
        => Emit(_output, $"WARNING: {message}", newLine: true, PSStyle.Instance.Formatting.Warning);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message)
        => Emit(_output, $"VERBOSE: {message}", newLine: true, PSStyle.Instance.Formatting.Verbose);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message)
        => Emit(_output, $"DEBUG: {message}", newLine: true, PSStyle.Instance.Formatting.Debug);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_sync)
        {
            _progress.Update(sourceId, record, mayDraw: _column == 0);
        }
    }

    /// <inheritdoc/>
    public override string ReadLine() => _questions.ReadLine();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => _questions.ReadSecret();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
        => _questions.AskForFields(caption, message, descriptions);

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        => _questions.AskForChoice(caption, message, choices, defaultChoice);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
        => _questions.AskForCredential(caption, message, userName);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
        => _questions.AskForCredential(caption, message, userName);

    /// <summary>What is written as output meanwhile is an error that is being shown.</summary>
    public void ShowAsError(Action write)
    {
        _outputIsError = true;
        try
        {
            write();
        }
        finally
        {
            _outputIsError = false;
        }
    }

    /// <summary>A message of the shell itself, in the colour of errors.</summary>
    public void WriteShellError(string message) => Emit(_error, message, newLine: true, PSStyle.Instance.Formatting.Error);

    /// <summary>Advice of the shell itself, which is no result.</summary>
    public void WriteHint(string message) => Emit(_error, message, newLine: true, PSStyle.Instance.Formatting.FormatAccent);

    /// <summary>Takes the progress line away, because the pipeline that reported it is over.</summary>
    public void EndProgress()
    {
        lock (_sync)
        {
            _progress.Reset();
        }
    }

    /// <summary>Reads what a person types after what was written last.</summary>
    /// <returns>The line, or <see langword="null"/> at the end of the input.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up. The next line begins below.</exception>
    public string? ReadLine(IReadOnlyList<string> history, CancellationToken cancellationToken)
    {
        bool wasEntered = false;
        try
        {
            string? line = _lines.ReadLine(_column, history, cancellationToken);
            wasEntered = line is not null;
            return line;
        }
        finally
        {
            if (!wasEntered)
            {
                WriteLine();
            }

            lock (_sync)
            {
                _column = 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndProgress();
        _progress.Dispose();
    }

    private TerminalStream Output => _outputIsError ? _error : _output;

    private void Emit(TerminalStream stream, string? text, bool newLine, string style = "")
    {
        text ??= string.Empty;
        if (stream == _error && text.Length == 0)
        {
            // The engine's error view ends with an empty line now and then. pwsh leaves it out too.
            return;
        }

        lock (_sync)
        {
            _progress.Hide();
            stream.Write(text, style);
            if (newLine)
            {
                stream.Write(Environment.NewLine);
            }

            string line = text[(text.LastIndexOf('\n') + 1)..];
            _column = newLine ? 0
                : (line.Length == text.Length ? _column : 0) + CellWidth.Of(new StringDecorated(line).ToString(OutputRendering.PlainText));
            if (_column == 0)
            {
                _progress.Show();
            }
        }
    }

    private string StyleOf(ConsoleColor foreground, ConsoleColor background)
    {
        // Commands that want only the foreground pass the host's own background: the terminal's must stay as it is then.
        string foregroundStyle = foreground == _raw.ForegroundColor ? string.Empty : PSStyle.MapForegroundColorToEscapeSequence(foreground);
        string backgroundStyle = background == _raw.BackgroundColor ? string.Empty : PSStyle.MapBackgroundColorToEscapeSequence(background);
        return foregroundStyle + backgroundStyle;
    }
}
