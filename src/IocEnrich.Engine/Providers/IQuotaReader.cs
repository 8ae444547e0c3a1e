namespace IocEnrich.Engine.Providers;

/// <summary>Reads the quota of a key from a provider.</summary>
public interface IQuotaReader
{
    /// <summary>Asks once. A failure is part of the answer.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<ProviderQuotaAnswer> ReadAsync(CancellationToken cancellationToken);
}
