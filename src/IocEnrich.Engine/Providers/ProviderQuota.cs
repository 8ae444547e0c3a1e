namespace IocEnrich.Engine.Providers;

/// <summary>The quotas of a key, as the service reports them; each is <see langword="null"/> if it is not reported.</summary>
/// <param name="Hour">The requests of the hour.</param>
/// <param name="Day">The requests of the day (UTC).</param>
/// <param name="Month">The requests of the month (UTC).</param>
/// <param name="RetrievedAt">When the service reported them (UTC).</param>
public sealed record ProviderQuota(QuotaUsage? Hour, QuotaUsage? Day, QuotaUsage? Month, DateTimeOffset RetrievedAt);

/// <summary>What became of the question.</summary>
/// <param name="Quota">The answer; <see langword="null"/> if there is none.</param>
/// <param name="Error">Why there is none; <see langword="null"/> if there is one.</param>
public sealed record ProviderQuotaAnswer(ProviderQuota? Quota, EnrichmentError? Error);
