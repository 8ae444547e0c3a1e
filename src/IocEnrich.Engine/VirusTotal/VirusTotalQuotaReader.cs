using System.Net;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>Asks VirusTotal what a key may ask and has asked: one request, tried once.</summary>
/// <remarks>
/// Whether that request counts is not documented. It takes no permit of the quota: it is wanted most when the quota is gone, and should
/// it count after all, a job meets one 429 more and waits. The key stands in the path of this request, so its address goes into no
/// message, and no exception that could hold it leaves this class.
/// </remarks>
public sealed class VirusTotalQuotaReader
{
    // A body has a few hundred bytes.
    private const int MaxBytes = 1024 * 1024;

    private readonly HttpClient _http;
    private readonly VirusTotalOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly string _host;

    /// <summary>A reader.</summary>
    /// <param name="http">The pool of connections; see <see cref="VirusTotalHttp"/>. It stays the caller's.</param>
    /// <param name="options">The key, the endpoint and the time limit.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public VirusTotalQuotaReader(HttpClient http, VirusTotalOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _http = http;
        _options = options;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _host = VirusTotalRequest.HostOf(options.Endpoint);
    }

    /// <summary>Asks.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ServiceQuotaAnswer> ReadAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_options.RequestTimeout, _timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            string path = $"users/{Uri.EscapeDataString(_options.ApiKey.Reveal())}/overall_quotas";
            using HttpRequestMessage request = VirusTotalRequest.Get(VirusTotalRequest.BaseOf(_options.Endpoint), path, _options.ApiKey);
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ServiceQuotaAnswer(null, VirusTotalFailures.TimedOut(_host, _options.RequestTimeout).Error);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && VirusTotalFailures.OfException(exception, _host) is not null)
        {
            return new ServiceQuotaAnswer(null, VirusTotalFailures.OfException(exception, _host)!.Error);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException)
        {
            throw new OperationCanceledException("The question was cancelled.", cancellationToken);
        }
    }

    private async Task<ServiceQuotaAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            (string? code, string? message) = await VirusTotalProvider.ReadErrorBodyAsync(response, cancellationToken);
            return new ServiceQuotaAnswer(null, QuotaFailures.OfStatus(response.StatusCode, code, message, _host));
        }

        QuotaBodyReader reader = new();
        await using AnswerBody body = await AnswerBody.OpenAsync(response, keep: false, cancellationToken);
        await JsonStream.ReadAsync(body.Text, reader, MaxBytes, cancellationToken);
        return reader.ToQuota(_timeProvider.GetUtcNow()) is { } quota
            ? new ServiceQuotaAnswer(quota, null)
            : new ServiceQuotaAnswer(null, VirusTotalFailures.Unreadable($"What {_host} answered is JSON, but tells no quota", (int)response.StatusCode).Error);
    }
}
