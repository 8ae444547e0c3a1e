using System.Net;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;

namespace IocEnrich.TestProviders.Reputation;

/// <summary>Asks the service about addresses: one request each.</summary>
internal sealed class ReputationProvider : IIndicatorProvider
{
    private readonly ProviderClient _client;
    private readonly ProviderSettings _settings;

    internal ReputationProvider(HttpMessageInvoker http, ProviderSettings settings, TimeProvider? timeProvider)
    {
        _client = new ProviderClient(
            http, settings, request => request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {settings.ApiKey.Reveal()}"), timeProvider);
        _settings = settings;
    }

    public string Name => ReputationDefinition.ProviderName;

    public LookupScope Scope => ReputationDefinition.Instance.Scope;

    public object? Terms => (_settings.KeepReports, _settings.Thresholds);

    public ValueTask<LookupOutcome> LookUpAsync(Indicator indicator, CancellationToken cancellationToken) => _client.GetAsync(
        $"{_client.Endpoint}check?address={Uri.EscapeDataString(indicator.Value)}",
        indicator,
        ReadAsync,
        LookupOutcome.Failed,
        static outcome => outcome.Failure?.Error,
        cancellationToken);

    private async ValueTask<LookupOutcome> ReadAsync(Indicator indicator, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _client.TimeProvider.GetUtcNow();
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                ReputationReader reader = new();
                await using (AnswerBody body = await AnswerBody.OpenAsync(response, _settings.KeepReports, BodyLimits.Report, cancellationToken))
                {
                    await body.ReadAsync(reader, cancellationToken);
                    return reader.ToResult(indicator, _settings.Thresholds, now) is { } result
                        ? LookupOutcome.Answered(result, body.ToReport())
                        : LookupOutcome.Failed(TransportFailures.Unreadable($"{_client.Host} answered something else", 200));
                }

            case HttpStatusCode.NoContent:
                return LookupOutcome.Answered(new EnrichmentResult
                {
                    Indicator = indicator.Value,
                    Type = indicator.Type,
                    Status = EnrichmentStatus.NotFound,
                    Requests = 1,
                    RetrievedAt = now,
                    Provider = Name,
                });
            case HttpStatusCode.PaymentRequired:
                return Failed(EnrichmentErrorKind.KeyRefused, $"{_client.Host} wants another token.", FailureScope.Job);
            case HttpStatusCode.TooManyRequests:
                LookupFailure throttled = new(Error(EnrichmentErrorKind.QuotaExceeded, $"{_client.Host} is asked too often."), FailureScope.Throttled);
                return LookupOutcome.Failed(throttled with { RetryAfter = RetryAfterHeader.Read(response.Headers, now) });
            default:
                return Failed(EnrichmentErrorKind.ServiceFault, $"{_client.Host} has a fault.", FailureScope.Passing);
        }

        LookupOutcome Failed(EnrichmentErrorKind kind, string message, FailureScope scope) => LookupOutcome.Failed(new LookupFailure(Error(kind, message), scope));

        EnrichmentError Error(EnrichmentErrorKind kind, string message) => new(kind, message) { HttpStatus = (int)response.StatusCode };
    }
}
