using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IocEnrich.PowerShell.Tests.Hosting;

/// <summary>Signals, which .NET can receive but not send.</summary>
internal static class Signals
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Terminate = 15;

    /// <summary>Sends the signal to this process, and to no other.</summary>
    public static void Send(Process process, int signal) => Assert.Equal(0, Kill(process.Id, signal));

    /// <summary>
    /// Starts a process that Ctrl+C and a closed terminal can reach. A build server or <c>nohup</c> may have started the tests with those
    /// signals ignored, and a process that is started with one ignored leaves it so, as it should.
    /// </summary>
    public static Process Start(ProcessStartInfo start)
    {
        if (!OperatingSystem.IsWindows())
        {
            SetDefault(Interrupt, 0);
            SetDefault(HangUp, 0);
        }

        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static extern nint SetDefault(int signal, nint handler);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
