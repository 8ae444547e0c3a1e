namespace IocEnrich.Engine.Sqlite;

/// <summary>The cache file cannot be used. The message gives the file, the reason and what to do. Jobs run without the cache.</summary>
public sealed class StoreUnusableException : Exception
{
    internal StoreUnusableException(string message, Exception? innerException = null)
        : base(DisplayText.Clean(message, DisplayText.MaxMessageLength), innerException)
    {
    }

    /// <summary>Whether the file was damaged and has been renamed: opening the cache again creates a new one.</summary>
    public bool WasSetAside { get; init; }
}
