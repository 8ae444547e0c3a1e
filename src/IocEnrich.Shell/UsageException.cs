namespace IocEnrich.Shell;

/// <summary>The command line cannot be understood. The message is one sentence for the person who typed it.</summary>
internal sealed class UsageException(string message) : Exception(message);
