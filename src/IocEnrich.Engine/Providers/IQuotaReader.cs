namespace IocEnrich.Engine.Providers;

/// <summary>Asks a provider what a key may still ask.</summary>
public interface IQuotaReader
{
    /// <summary>Asks once. A failure is part of the answer.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<ProviderQuotaAnswer> ReadAsync(CancellationToken cancellationToken);
}
