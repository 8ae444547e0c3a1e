namespace IocEnrich.Shell;

/// <summary>What the process tells its caller: the numbers of pwsh and of POSIX shells, so that scripts need not learn new ones.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    public const int Failure = 1;

    /// <summary>The command line could not be understood: <c>EX_USAGE</c> of sysexits.h, which is what pwsh returns.</summary>
    public const int Usage = 64;

    /// <summary>128 plus the number of the signal, by the convention of POSIX shells.</summary>
    public const int HangUp = 128 + 1;

    /// <inheritdoc cref="HangUp"/>
    public const int Interrupted = 128 + 2;

    /// <inheritdoc cref="HangUp"/>
    public const int Terminated = 128 + 15;
}
