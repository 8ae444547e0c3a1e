using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace IocEnrich.Shell;

/// <summary>One runspace with the module in it. Runs commands and scripts as pwsh does, and turns their end into an exit code.</summary>
internal sealed class ShellSession : IDisposable
{
    private const string ModulePathVariable = "PSModulePath";

    private readonly ShellHost _host;
    private readonly ShellUserInterface _screen;
    private readonly Interrupts _interrupts;
    private readonly LineSource _input;
    private readonly Runspace _runspace;
    private readonly MissingCommandHint _hint;

    private ShellSession(ShellHost host, ShellUserInterface screen, Interrupts interrupts, LineSource input, Runspace runspace)
    {
        _host = host;
        _screen = screen;
        _interrupts = interrupts;
        _input = input;
        _runspace = runspace;
        _hint = new MissingCommandHint(screen);
    }

    /// <summary>The exit code of the signal or the <c>exit</c> that ended the session, if it has ended.</summary>
    public int? EndedWith => _interrupts.EndsSession ?? _host.RequestedExitCode;

    /// <summary>Opens a runspace and imports the module.</summary>
    /// <exception cref="RuntimeException">The module cannot be imported.</exception>
    public static ShellSession Open(ShellHost host, ShellUserInterface screen, Interrupts interrupts, LineSource input, string modulePath)
    {
        // Import-Module and auto-loading by name look for folders on this path; what -Parallel and child processes open finds it too.
        if (Path.GetDirectoryName(File.Exists(modulePath) ? Path.GetDirectoryName(modulePath) : modulePath) is { Length: > 0 } modules)
        {
            string? others = Environment.GetEnvironmentVariable(ModulePathVariable);
            Environment.SetEnvironmentVariable(
                ModulePathVariable, string.IsNullOrEmpty(others) ? modules : modules + Path.PathSeparator + others);
        }

        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(modulePath);
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            // The module comes from this very build. Elsewhere there is no execution policy.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        try
        {
            runspace.Open();
        }
        catch (RuntimeException exception)
        {
            // A runspace that failed to open still has a thread, which would keep the process alive.
            runspace.Dispose();
            throw new RuntimeException($"The module '{modulePath}' could not be imported: {exception.Message}", exception);
        }

        Runspace.DefaultRunspace = runspace;
        return new ShellSession(host, screen, interrupts, input, runspace);
    }

    /// <summary>Gives scripts a variable.</summary>
    public void SetVariable(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>
    /// Runs a command line. The exit code is what <c>exit</c> was given; else 1 after a terminating error or if <c>$?</c> is false at the
    /// end, as in <c>pwsh -Command</c>; 130 after Ctrl+C.
    /// </summary>
    public int RunCommand(string text)
    {
        Ast ast = Parser.ParseInput(text, out _, out ParseError[] errors);
        if (errors.FirstOrDefault(error => error.IncompleteInput) is { } incomplete)
        {
            // The engine has no words for text that merely ends too early: it expects a prompt to ask for the rest.
            Report(new InvalidOperationException($"The command is incomplete. {incomplete.Message}"));
            return ExitCode.Failure;
        }

        Outcome outcome = Run(new Command(text, isScript: true, useLocalScope: false), ast);
        bool succeeded = outcome == Outcome.Completed && _runspace.SessionStateProxy.GetVariable("?") is true;
        return ExitCodeOf(outcome, succeeded);
    }

    /// <summary>
    /// Runs a script file. The exit code is what <c>exit</c> was given; else 1 after a terminating error and 0 otherwise, as in
    /// <c>pwsh -File</c>; 130 after Ctrl+C.
    /// </summary>
    public int RunFile(string path, IEnumerable<string> arguments)
    {
        Ast ast = Parser.ParseFile(path, out _, out ParseError[] errors);
        Command command = new(CallOf(path, ast, arguments), isScript: true, useLocalScope: false);
        Outcome outcome = Run(command, ast);

        // A script that could not be called at all ends only the statement that called it, which is not in any file.
        bool wasCalled = errors.Length == 0
            && Errors is not
            [
                ErrorRecord { Exception: ParameterBindingException or ScriptRequiresException, InvocationInfo.ScriptName: null or "" },
                ..
            ];
        return ExitCodeOf(outcome, outcome == Outcome.Completed && wasCalled);
    }

    /// <summary>What the prompt function answers; where it fails the plainest of prompts, without which nobody could mend it.</summary>
    public string EvaluatePrompt()
    {
        using Pipeline pipeline = _runspace.CreatePipeline("prompt");
        try
        {
            return string.Concat(pipeline.Invoke());
        }
        catch (RuntimeException)
        {
            return "PS> ";
        }
    }

    /// <summary>Closes the runspace, which cancels the jobs that run in it.</summary>
    public void Dispose() => _runspace.Dispose();

    private enum Outcome
    {
        Completed,
        Failed,
        Interrupted,
    }

    /// <summary>What scripts know as <c>$Error</c>: the latest one first.</summary>
    private IReadOnlyList<object?> Errors => [.. ((ArrayList)_runspace.SessionStateProxy.GetVariable("Error"))];

    private int ExitCodeOf(Outcome outcome, bool succeeded)
        => EndedWith ?? (outcome == Outcome.Interrupted ? ExitCode.Interrupted : succeeded ? ExitCode.Success : ExitCode.Failure);

    private static string CallOf(string path, Ast ast, IEnumerable<string> arguments)
    {
        string input = MentionsInput(ast) ? "$input | " : string.Empty;
        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            // Elsewhere than on Windows a script may have any name, for the sake of #! lines: the engine would run it as a program.
            return input + ScriptArguments.ToCall($"{{{ast.Extent.Text}\n}}", arguments);
        }

        // `exit` in a script file leaves only that file, with $? false if its code is not 0: the line that called it has to go on leaving.
        string call = ScriptArguments.ToCall(ScriptArguments.Quote(path), arguments);
        return $"{input}{call}; if (-not $? -and $LASTEXITCODE) {{ exit $LASTEXITCODE }}";
    }

    private Outcome Run(Command command, Ast ast)
    {
        using Interrupts.Scope scope = _interrupts.Begin();

        // Only what goes into the history leaves $? as it was at the end of it.
        using Pipeline pipeline = _runspace.CreatePipeline(command.CommandText, addToHistory: true);
        pipeline.Commands.Clear();
        pipeline.Commands.Add(command);
        SendToOutDefault(pipeline);
        using CancellationTokenRegistration stopping = scope.Token.Register(pipeline.StopAsync);
        try
        {
            pipeline.Invoke(InputFor(ast, scope.Token));
            return scope.WasInterrupted ? Outcome.Interrupted : Outcome.Completed;
        }
        catch (Exception) when (scope.WasInterrupted)
        {
            // Whatever a pipeline throws while it is being stopped is the stopping.
            return Outcome.Interrupted;
        }
        catch (Exception exception)
        {
            Report(exception);
            return Outcome.Failed;
        }
        finally
        {
            _screen.EndProgress();
            _hint.ShowIfNeeded(Errors.OfType<ErrorRecord>());
        }
    }

    /// <summary>Errors travel with the output, so that the engine formats both and shows them in the order they came in.</summary>
    private static void SendToOutDefault(Pipeline pipeline)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
    }

    /// <summary>As in pwsh, what is piped into the process is read only by a script that mentions <c>$input</c>.</summary>
    private IEnumerable InputFor(Ast ast, CancellationToken cancellationToken)
        => Console.IsInputRedirected && MentionsInput(ast) ? _input.ReadLines(cancellationToken) : Array.Empty<string>();

    private static bool MentionsInput(Ast ast)
        => ast.Find(
            node => node is VariableExpressionAst variable
                && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase),
            searchNestedScriptBlocks: false) is not null;

    /// <summary>Shows what ended a pipeline in the engine's own view of errors.</summary>
    private void Report(Exception exception)
    {
        ErrorRecord record = (exception as IContainsErrorRecord)?.ErrorRecord
            ?? new ErrorRecord(exception, "PipelineFailed", ErrorCategory.NotSpecified, targetObject: null);

        // Written to an error stream again, the record would forget where it happened: it is formatted as an object and shown as an error.
        using Pipeline pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        _screen.ShowAsError(() => pipeline.Invoke(new[] { record }));
    }
}
