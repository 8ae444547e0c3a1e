using System.Net;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>Looks up indicators at VirusTotal's API, version 3, with one request each.</summary>
public sealed class VirusTotalProvider : IIndicatorProvider
{
    private readonly ProviderClient _client;
    private readonly ProviderSettings _settings;
    private readonly object _terms;
    private readonly Func<Indicator, HttpResponseMessage, CancellationToken, ValueTask<LookupOutcome>> _read;

    /// <summary>Creates a provider.</summary>
    /// <param name="http">The connection pool; see <see cref="HttpPools"/>. The caller owns it.</param>
    /// <param name="settings">The key, the endpoint and the limits.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    public VirusTotalProvider(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider = null)
    {
        _client = new ProviderClient(http, settings, VirusTotalDefinition.Authorize(settings.ApiKey), timeProvider);
        _settings = settings;
        _terms = (settings.KeepReports, settings.Thresholds);
        _read = ReadAsync;
    }

    /// <inheritdoc/>
    public string Name => VirusTotalDefinition.ProviderName;

    /// <inheritdoc/>
    public LookupScope Scope => VirusTotalDefinition.Instance.Scope;

    /// <inheritdoc/>
    public object? Terms => _terms;

    /// <inheritdoc/>
    public ValueTask<LookupOutcome> LookUpAsync(Indicator indicator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        string address = VirusTotalAddresses.AddressOf(_client.Endpoint, indicator)
            ?? throw new ArgumentException($"VirusTotal has no lookup for the type {indicator.Type}.", nameof(indicator));
        return _client.GetAsync(address, indicator, _read, LookupOutcome.Failed, static outcome => outcome.Failure?.Error, cancellationToken);
    }

    private async ValueTask<LookupOutcome> ReadAsync(Indicator indicator, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return await ReadErrorAsync(indicator, response, cancellationToken);
        }

        ReportReader reader = new(indicator.Value);
        await using AnswerBody body = await AnswerBody.OpenAsync(response, _settings.KeepReports, BodyLimits.Report, cancellationToken);
        await body.ReadAsync(reader, cancellationToken);
        if (reader.Report is not { } report)
        {
            return LookupOutcome.Failed(TransportFailures.Unreadable($"The response of {_client.Host} is JSON, but not a report", (int)response.StatusCode));
        }

        return AskedObject.IsAnsweredBy(indicator, report, out string? mismatch)
            ? LookupOutcome.Answered(
                report.ToResult(indicator, _settings.Thresholds, _client.TimeProvider.GetUtcNow()), body.ToReport())
            : LookupOutcome.Failed(VirusTotalFailures.OfAnotherObject(indicator, mismatch, _client.Host, (int)response.StatusCode));
    }

    private async ValueTask<LookupOutcome> ReadErrorAsync(Indicator indicator, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        (string? code, string? message) = await ErrorReader.ReadAsync(response, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            TimeSpan? retryAfter = RetryAfterHeader.Read(response.Headers, _client.TimeProvider.GetUtcNow());
            return LookupOutcome.Failed(VirusTotalFailures.OfStatus(response.StatusCode, code, message, _client.Host, retryAfter));
        }

        // Only the API's own word is an answer: a wrong path or a page in between is a 404 as well, and would say "never seen".
        if (code != ApiErrorCodes.NotFound)
        {
            return LookupOutcome.Failed(TransportFailures.Unreadable($"{_client.Host} returned HTTP 404, which is not an answer of the API", 404));
        }

        return AskedObject.IsNamedBy(indicator, message)
            ? LookupOutcome.Answered(NotFound(indicator, _client.TimeProvider.GetUtcNow()))
            : LookupOutcome.Failed(VirusTotalFailures.OfAnotherObject(indicator, $"that says: {message}", _client.Host, 404));
    }

    private static EnrichmentResult NotFound(Indicator indicator, DateTimeOffset retrievedAt) => new()
    {
        Indicator = indicator.Value,
        Type = indicator.Type,
        Status = EnrichmentStatus.NotFound,
        Requests = 1,
        RetrievedAt = retrievedAt,
        Provider = VirusTotalDefinition.ProviderName,
    };
}
