using System.Net;
using System.Text.Json;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>Asks VirusTotal's API, version 3, about indicators: one request each.</summary>
public sealed class VirusTotalProvider : IIndicatorProvider
{
    /// <summary>The longest answer that is read, in bytes after decompression. Real ones have some 30 KB, a few several hundred.</summary>
    public const int MaxAnswerBytes = 32 * 1024 * 1024;

    // An error body has a hundred bytes; an error page of a proxy may have more, and is not worth reading further.
    private const int MaxErrorBytes = 64 * 1024;

    private readonly HttpClient _http;
    private readonly VirusTotalOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly string _base;
    private readonly string _host;
    private readonly object _terms;

    /// <summary>A provider.</summary>
    /// <param name="http">The pool of connections; see <see cref="VirusTotalHttp"/>. It stays the caller's.</param>
    /// <param name="options">The key, the endpoint and the limits.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public VirusTotalProvider(HttpClient http, VirusTotalOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _http = http;
        _options = options;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _terms = (options.KeepReports, options.Thresholds);
        _base = VirusTotalRequest.BaseOf(options.Endpoint);
        _host = VirusTotalRequest.HostOf(options.Endpoint);
    }

    /// <inheritdoc/>
    public string Name => "VirusTotal";

    /// <inheritdoc/>
    public object? Terms => _terms;

    /// <inheritdoc/>
    public async ValueTask<LookupOutcome> LookUpAsync(Indicator indicator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        string path = VirusTotalAddresses.PathOf(indicator)
            ?? throw new ArgumentException($"VirusTotal has no lookup for the type {indicator.Type}.", nameof(indicator));

        using CancellationTokenSource limit = new(_options.RequestTimeout, _timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using HttpRequestMessage request = VirusTotalRequest.Get(_base, path, _options.ApiKey);
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(indicator, response, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return LookupOutcome.Failed(VirusTotalFailures.TimedOut(_host, _options.RequestTimeout));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && VirusTotalFailures.OfException(exception, _host) is not null)
        {
            return LookupOutcome.Failed(VirusTotalFailures.OfException(exception, _host)!);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException)
        {
            // A request that is broken off can surface as a broken connection; the caller asked for a cancellation and gets one.
            throw new OperationCanceledException("The lookup was cancelled.", exception, cancellationToken);
        }
    }

    private async ValueTask<LookupOutcome> ReadAsync(Indicator indicator, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return await ReadErrorAsync(indicator, response, cancellationToken);
        }

        ReportReader reader = new();
        await using AnswerBody body = await AnswerBody.OpenAsync(response, _options.KeepReports, cancellationToken);
        await JsonStream.ReadAsync(body.Text, reader, MaxAnswerBytes, cancellationToken);
        return reader.Report is { } report
            ? LookupOutcome.Answered(
                VirusTotalResults.Found(indicator, report, _options.Thresholds, Name, _timeProvider.GetUtcNow()), body.ToReport())
            : LookupOutcome.Failed(VirusTotalFailures.Unreadable($"What {_host} answered is JSON, but no report", (int)response.StatusCode));
    }

    private async ValueTask<LookupOutcome> ReadErrorAsync(Indicator indicator, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        (string? code, string? message) = await ReadErrorBodyAsync(response, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            // Only the API's own word is an answer: a wrong path or a page in between is a 404 as well, and would say "never seen".
            return code == "NotFoundError"
                ? LookupOutcome.Answered(VirusTotalResults.NotFound(indicator, Name, _timeProvider.GetUtcNow()))
                : LookupOutcome.Failed(VirusTotalFailures.Unreadable($"{_host} answered with HTTP 404, and not as the API does", 404));
        }

        return LookupOutcome.Failed(VirusTotalFailures.OfStatus(response.StatusCode, code, message, _host, RetryAfter(response)));
    }

    /// <summary>What the service says of an answer that is none.</summary>
    internal static async ValueTask<(string? Code, string? Message)> ReadErrorBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ErrorReader reader = new();
        try
        {
            await using AnswerBody body = await AnswerBody.OpenAsync(response, keep: false, cancellationToken);
            await JsonStream.ReadAsync(body.Text, reader, MaxErrorBytes, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or AnswerTooLargeException)
        {
            // HTML, empty, or too long: the status says enough.
        }

        return (reader.Code, reader.Message);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _timeProvider.GetUtcNow(),
            _ => null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
