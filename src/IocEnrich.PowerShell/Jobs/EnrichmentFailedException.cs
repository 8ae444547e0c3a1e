namespace IocEnrich.PowerShell.Jobs;

/// <summary>An indicator, or a whole job, has no answer. It is what the error records of this module carry.</summary>
#pragma warning disable CA1032 // Made in one place, from what failed.
public sealed class EnrichmentFailedException : Exception
#pragma warning restore CA1032
{
    internal EnrichmentFailedException(string message, EnrichmentError error)
        : base(message) => Error = error;

    /// <summary>The error that the exception is about.</summary>
    public EnrichmentError Error { get; }
}
