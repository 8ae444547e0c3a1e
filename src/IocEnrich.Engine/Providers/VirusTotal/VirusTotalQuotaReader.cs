using System.Net;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>Reads the quota of a key and its use from VirusTotal, with one request and no retry.</summary>
/// <remarks>
/// Whether that request counts is not documented. It takes no lease of the quota: it is wanted most when the quota is gone, and should
/// it count after all, a job meets one 429 more and waits. The key stands in the path of this request, so its address goes into no
/// message.
/// </remarks>
public sealed class VirusTotalQuotaReader : IQuotaReader
{
    private readonly ProviderClient _client;
    private readonly ApiKey _key;

    /// <summary>Creates a reader.</summary>
    /// <param name="http">The connection pool; see <see cref="HttpPools"/>. The caller owns it.</param>
    /// <param name="settings">The key, the endpoint and the time limit.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    public VirusTotalQuotaReader(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null)
    {
        _client = new ProviderClient(http, settings, VirusTotalDefinition.Authorize(settings.ApiKey), timeProvider);
        _key = settings.ApiKey;
    }

    /// <inheritdoc/>
    public Task<ProviderQuotaAnswer> ReadAsync(CancellationToken cancellationToken) => _client.GetAsync(
        $"{_client.Endpoint}users/{Uri.EscapeDataString(_key.Reveal())}/overall_quotas",
        _client,
        ReadAsync,
        static failure => new ProviderQuotaAnswer(null, failure.Error),
        static answer => answer.Error,
        cancellationToken).AsTask();

    private static async ValueTask<ProviderQuotaAnswer> ReadAsync(
        ProviderClient client, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            (string? code, string? message) = await ErrorReader.ReadAsync(response, cancellationToken);
            return new ProviderQuotaAnswer(null, QuotaFailures.OfStatus(response.StatusCode, code, message, client.Host));
        }

        QuotaBodyReader reader = new();
        await using AnswerBody body = await AnswerBody.OpenAsync(response, keep: false, BodyLimits.Quota, cancellationToken);
        await body.ReadAsync(reader, cancellationToken);
        return reader.ToQuota(client.TimeProvider.GetUtcNow()) is { } quota
            ? new ProviderQuotaAnswer(quota, null)
            : new ProviderQuotaAnswer(null, TransportFailures.Unreadable($"The response of {client.Host} is JSON, but has no quota", (int)response.StatusCode).Error);
    }
}
