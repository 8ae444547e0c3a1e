using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IocEnrich.PowerShell.Tests.Shell;

/// <summary>The built shell on a terminal: a pseudo-terminal whose other end, screen and keyboard, is in the test's hands.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    // O_RDWR | O_NOCTTY, whose numbers are not the same everywhere.
    private static readonly int OpenFlags = OperatingSystem.IsMacOS() ? 0x2 | 0x20000 : 0x2 | 0x100;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _timeLimit = new(TimeLimit);
    private readonly FileStream _master;
    private readonly Process _process;
    private readonly StringBuilder _screen = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _reading;
    private int _seen;

    private PseudoTerminal(string[] arguments, (string Name, string Value)[] environment)
    {
        int master = OpenMaster(OpenFlags);
        Assert.True(master >= 0 && Grant(master) == 0 && Unlock(master) == 0, "A pseudo-terminal could not be opened.");
        _master = new FileStream(new SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        string device = Marshal.PtrToStringAnsi(NameOfOtherEnd(master))!;

        // A process gets only pipes from .NET, so sh puts the terminal in their place, in a size that does not depend on the surroundings.
        string sh = """device=$1; shift; exec <"$device" >"$device" 2>&1; stty rows 40 cols 100; exec dotnet "$@" """;
        ProcessStartInfo start = new("/bin/sh", ["-c", sh, "sh", device, ShellProcess.AssemblyPath, .. arguments]);
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Signals.Start(start);
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public static PseudoTerminal Start(string[] arguments, params (string Name, string Value)[] environment) => new(arguments, environment);

    /// <summary>Types text; Enter is <c>\r</c>.</summary>
    public void Type(string keys) => _master.Write(Encoding.UTF8.GetBytes(keys));

    /// <summary>Waits until a text has been written, escape sequences included, after what was waited for before.</summary>
    public async Task WaitForAsync(string expected)
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
                _seen = at + expected.Length;
                return;
            }

            Assert.False(ended, $"The shell ended before it wrote '{expected}'. It wrote: {screen}");
            await _news.WaitAsync(_timeLimit.Token);
        }
    }

    /// <summary>Sends what Ctrl+C sends. The terminal cannot do it, because it is not the one that controls the process.</summary>
    public void Interrupt() => Signals.Send(_process, Signals.Interrupt);

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Screen)> EndAsync()
    {
        await _process.WaitForExitAsync(_timeLimit.Token);
        await _reading.WaitAsync(_timeLimit.Token);
        return (_process.ExitCode, _screen.ToString());
    }

    public void Dispose()
    {
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
            while (_master.Read(bytes) is > 0 and int count)
            {
                lock (_screen)
                {
                    _screen.Append(characters, 0, decoder.GetChars(bytes, 0, count, characters, 0));
                }

                _news.Release();
            }
        }
        catch (IOException)
        {
            // The way in which Linux says that nobody holds the other end any more.
        }
        finally
        {
            _news.Release();
        }
    }

    [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static extern int OpenMaster(int flags);

    [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static extern int Grant(int master);

    [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static extern int Unlock(int master);

    [DllImport("libc", EntryPoint = "ptsname", SetLastError = true)]
    private static extern IntPtr NameOfOtherEnd(int master);
}
