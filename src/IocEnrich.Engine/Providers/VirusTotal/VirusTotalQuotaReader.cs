using System.Net;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>Asks VirusTotal what a key may ask and has asked: one request, tried once.</summary>
/// <remarks>
/// Whether that request counts is not documented. It takes no lease of the quota: it is wanted most when the quota is gone, and should
/// it count after all, a job meets one 429 more and waits. The key stands in the path of this request, so its address goes into no
/// message.
/// </remarks>
public sealed class VirusTotalQuotaReader : IQuotaReader
{
    private readonly VirusTotalClient _client;
    private readonly ApiKey _key;

    /// <summary>A reader.</summary>
    /// <param name="http">The pool of connections; see <see cref="VirusTotalHttp"/>. It stays the caller's.</param>
    /// <param name="options">The key, the endpoint and the time limit.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public VirusTotalQuotaReader(HttpMessageInvoker http, VirusTotalOptions options, TimeProvider? timeProvider = null)
    {
        _client = new VirusTotalClient(http, options, timeProvider);
        _key = options.ApiKey;
        Service = options.Endpoint.Host;
    }

    /// <inheritdoc/>
    public string Service { get; }

    /// <inheritdoc/>
    public Task<ProviderQuotaAnswer> ReadAsync(CancellationToken cancellationToken) => _client.GetAsync(
        $"{_client.Endpoint}users/{Uri.EscapeDataString(_key.Reveal())}/overall_quotas",
        _client,
        ReadAsync,
        static failure => new ProviderQuotaAnswer(null, failure.Error),
        static answer => answer.Error,
        cancellationToken).AsTask();

    private static async ValueTask<ProviderQuotaAnswer> ReadAsync(
        VirusTotalClient client, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            (string? code, string? message) = await VirusTotalClient.ReadErrorAsync(response, cancellationToken);
            return new ProviderQuotaAnswer(null, QuotaFailures.OfStatus(response.StatusCode, code, message, client.Host));
        }

        QuotaBodyReader reader = new();
        await using AnswerBody body = await AnswerBody.OpenAsync(response, keep: false, BodyLimits.Quota, cancellationToken);
        await body.ReadAsync(reader, cancellationToken);
        return reader.ToQuota(client.TimeProvider.GetUtcNow()) is { } quota
            ? new ProviderQuotaAnswer(quota, null)
            : new ProviderQuotaAnswer(null, VirusTotalFailures.Unreadable($"The response of {client.Host} is JSON, but has no quota", (int)response.StatusCode).Error);
    }
}
