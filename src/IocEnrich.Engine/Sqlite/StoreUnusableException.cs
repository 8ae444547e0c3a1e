namespace IocEnrich.Engine.Sqlite;

/// <summary>The store cannot be used. The message says which file, why, and what to do; nothing else depends on the store.</summary>
public sealed class StoreUnusableException : Exception
{
    internal StoreUnusableException(string message, Exception? innerException = null)
        : base(DisplayText.Clean(message, DisplayText.MaxMessageLength), innerException)
    {
    }

    /// <summary>Whether the file was damaged and has been set aside: opening the store once more begins a new one.</summary>
    public bool WasSetAside { get; init; }
}
