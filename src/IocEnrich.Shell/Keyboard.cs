namespace IocEnrich.Shell;

/// <summary>Keys of the terminal, where waiting for one can be given up.</summary>
internal static class Keyboard
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>The next key, which is not shown.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public static ConsoleKeyInfo ReadKey(CancellationToken cancellationToken)
    {
        // Nothing wakes a console that waits for a key, so the wait is for the token and the look at the keyboard is short.
        while (!Console.KeyAvailable)
        {
            cancellationToken.WaitHandle.WaitOne(BetweenLooks);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Console.ReadKey(intercept: true);
    }
}
