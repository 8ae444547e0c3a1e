using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VirusTotal.Emulator.CommandLine;

/// <summary>The emulator as a program of its own.</summary>
public static class EmulatorProgram
{
    private const int BadArguments = 2;
    private const int CannotListen = 1;

    /// <summary>Runs until it is told to end.</summary>
    /// <param name="input">The standard input, whose end may mean the end.</param>
    /// <param name="output">Where the endpoint or the help goes.</param>
    /// <param name="error">Where complaints go.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>The exit code: 0, 1 where it cannot listen, 2 where an argument is wrong.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Stream input, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            EmulatorCommand command = EmulatorCommand.Parse(arguments);
            if (command.ShowHelp)
            {
                using StreamReader help = new(typeof(EmulatorProgram).Assembly.GetManifestResourceStream("Help.txt")!);
                await output.WriteLineAsync(await help.ReadToEndAsync(cancellationToken));
                return 0;
            }

            Task ended = EndAsync(command, input, ending.Token);
            await using EmulatorServer server = await EmulatorServer.StartAsync(command.Options, cancellationToken);
            await output.WriteLineAsync(server.Endpoint.ToString());
            await output.FlushAsync(cancellationToken);
            await ended;
            return 0;
        }
        catch (FormatException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return BadArguments;
        }
        catch (IOException exception)
        {
            await error.WriteLineAsync($"The emulator cannot listen: {exception.Message}");
            return CannotListen;
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    /// <summary>Completes when the first of the reasons to end has come.</summary>
    private static async Task EndAsync(EmulatorCommand command, Stream input, CancellationToken cancellationToken)
    {
        TaskCompletionSource signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await using CancellationTokenRegistration cancelled = cancellationToken.Register(() => signalled.TrySetResult());
        await Task.WhenAny(
            signalled.Task,
            command.ExitWithStdin ? Task.Run(() => input.CopyToAsync(Stream.Null, cancellationToken), cancellationToken) : signalled.Task,
            command.Parent is { } parent ? WaitForProcessAsync(parent, cancellationToken) : signalled.Task);

        void End(PosixSignalContext context)
        {
            // The server is to stop in order, so the runtime must not end the process itself.
            context.Cancel = true;
            signalled.TrySetResult();
        }
    }

    private static async Task WaitForProcessAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // There is no process of that id: it has ended already.
        }
    }
}
