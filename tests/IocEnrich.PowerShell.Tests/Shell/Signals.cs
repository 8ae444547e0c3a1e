using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IocEnrich.PowerShell.Tests.Shell;

/// <summary>Signals, which .NET can receive but not send.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    /// <summary>Sends the signal to this process, and to no other.</summary>
    public static void Send(Process process, int signal) => Assert.Equal(0, Kill(process.Id, signal));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
