using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>
/// pwsh on a terminal that is its own: a pseudo-terminal whose other end, screen and keyboard, is in the test's hands. Ctrl+C is a key, and
/// who closes the terminal hangs up. Linux only: elsewhere the numbers are others, and there is no <c>setsid</c>.
/// </summary>
internal sealed class PseudoTerminal : IDisposable
{
    /// <summary>How wide it is.</summary>
    public const int Columns = 100;

    // A line editor waits for the answer.
    private const string WhereIsTheCursor = "\u001b[6n";

    private const short Readable = 1;
    private const int CloseIsSeenWithin = 50;

    // O_RDWR | O_NOCTTY | O_CLOEXEC: a process that inherited this end would keep its own terminal open.
    private const int OpenFlags = 0x2 | 0x100 | 0x80000;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _timeLimit = new(TimeLimit);
    private readonly FileStream _master;
    private readonly int _masterNumber;
    private readonly Process _process;
    private readonly bool _hasKeyboard;
    private readonly StringBuilder _screen = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _reading;
    private volatile bool _isClosed;
    private int _seen;

    private PseudoTerminal(string[] arguments, (string Name, string? Value)[] environment, bool hasKeyboard)
    {
        _masterNumber = OpenMaster(OpenFlags);
        Assert.True(_masterNumber >= 0 && Grant(_masterNumber) == 0 && Unlock(_masterNumber) == 0, "A pseudo-terminal could not be opened.");
        _master = new FileStream(new SafeFileHandle(_masterNumber, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        _hasKeyboard = hasKeyboard;
        string device = Marshal.PtrToStringAnsi(NameOfOtherEnd(_masterNumber))!;

        // A process gets only pipes from .NET, so sh puts the terminal in their place, in a size that does not depend on the surroundings.
        // It leads a session of its own, whose terminal is the first that it opens.
        // It stays open from then on: between two programs that have it open the other end would look like one that was closed.
        string sh = $"device=$1; shift; exec {(hasKeyboard ? "<\"$device\" " : "")}>\"$device\" 2>&1; stty rows 40 cols $0 <\"$device\"; exec dotnet \"$@\"";
        ProcessStartInfo start = new("setsid", ["/bin/sh", "-c", sh, $"{Columns}", device, BuildPlaces.Pwsh, "-NoProfile", "-NoLogo", .. arguments])
        {
            WorkingDirectory = BuildPlaces.Repository,
            RedirectStandardInput = !hasKeyboard,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string? value) in PwshProcess.Environment.Select(static entry => (entry.Key, (string?)entry.Value)).Concat(environment))
        {
            start.Environment[name] = value;
        }

        _process = Signals.Start(start);
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Starts pwsh, with a keyboard.</summary>
    public static PseudoTerminal Start(string[] arguments, params (string Name, string? Value)[] environment) =>
        new(arguments, environment, hasKeyboard: true);

    /// <summary>Starts pwsh, whose input is a pipe: it reads whole lines and repeats them, and edits none.</summary>
    public static PseudoTerminal StartWithPipedInput(string[] arguments, params (string Name, string? Value)[] environment) =>
        new(arguments, environment, hasKeyboard: false);

    /// <summary>Types text; Enter is <c>\r</c> on a keyboard, and <c>\n</c> in a pipe.</summary>
    public void Type(string keys)
    {
        Stream input = _hasKeyboard ? _master : _process.StandardInput.BaseStream;
        input.Write(Encoding.UTF8.GetBytes(keys));
        input.Flush();
    }

    /// <summary>Presses Ctrl+C.</summary>
    public void Interrupt() => Type("\u0003");

    /// <summary>Sends the process a signal, as <c>kill</c> does.</summary>
    public void Send(int signal) => Signals.Send(_process, signal);

    /// <summary>Waits until a text has been written, escape sequences included, after what was waited for before.</summary>
    /// <returns>What was written before it.</returns>
    public async Task<string> WaitForAsync(string expected)
    {
        while (true)
        {
            // Read before the screen is: what was written at the very end is still found.
            bool ended = _reading.IsCompleted;
            string screen;
            lock (_screen)
            {
                screen = _screen.ToString();
            }

            int at = screen.IndexOf(expected, _seen, StringComparison.Ordinal);
            if (at >= 0)
            {
                string before = screen[_seen..at];
                _seen = at + expected.Length;
                return before;
            }

            Assert.False(ended, $"pwsh ended before it wrote '{expected}'. It wrote: {screen}");
            await _news.WaitAsync(_timeLimit.Token);
        }
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Screen)> EndAsync()
    {
        await _process.WaitForExitAsync(_timeLimit.Token);
        await _reading.WaitAsync(_timeLimit.Token);
        return (_process.ExitCode, _screen.ToString());
    }

    /// <summary>Closes the window, and waits for the end of the process.</summary>
    public async Task CloseAsync()
    {
        _isClosed = true;
        await _reading.WaitAsync(_timeLimit.Token);
        _master.Close();
        await _process.WaitForExitAsync(_timeLimit.Token);
    }

    public void Dispose()
    {
        _isClosed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _master.Dispose();
        _timeLimit.Dispose();
        _news.Dispose();
    }

    private void Read()
    {
        Decoder decoder = Encoding.UTF8.GetDecoder();
        byte[] bytes = new byte[4096];
        char[] characters = new char[4096];
        try
        {
            // Not a read that blocks: the other end would not hear of the close so long as one is under way.
            while (!_isClosed)
            {
                PollEntry entry = new() { FileDescriptor = _masterNumber, Events = Readable };
                if (Poll(ref entry, 1, CloseIsSeenWithin) <= 0)
                {
                    continue;
                }

                int count = _master.Read(bytes);
                if (count == 0)
                {
                    return;
                }

                Show(characters.AsSpan(0, decoder.GetChars(bytes, 0, count, characters, 0)));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The way in which Linux says that nobody holds the other end any more; or the test is over.
        }
        finally
        {
            _news.Release();
        }
    }

    private void Show(ReadOnlySpan<char> written)
    {
        lock (_screen)
        {
            _screen.Append(written);
        }

        if (_hasKeyboard && written.Contains(WhereIsTheCursor, StringComparison.Ordinal))
        {
            Type("\u001b[1;1R");
        }

        _news.Release();
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int FileDescriptor;
        internal short Events;
        internal short Returned;
    }

    [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static extern int OpenMaster(int flags);

    [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static extern int Grant(int master);

    [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static extern int Unlock(int master);

    [DllImport("libc", EntryPoint = "ptsname", SetLastError = true)]
    private static extern IntPtr NameOfOtherEnd(int master);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static extern int Poll(ref PollEntry entries, nuint count, int milliseconds);
}
