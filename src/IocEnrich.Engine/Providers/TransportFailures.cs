using System.Globalization;
using System.Net;
using System.Text.Json;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Redaction;

namespace IocEnrich.Engine.Providers;

/// <summary>What can go wrong on the way to any provider and back, in words.</summary>
internal static class TransportFailures
{
    /// <summary>What came back is not an answer of the API.</summary>
    /// <param name="what">What came back, without the full stop.</param>
    /// <param name="status">The HTTP status it came with.</param>
    internal static LookupFailure Unreadable(string what, int? status) => new(
        new EnrichmentError(EnrichmentErrorKind.UnreadableAnswer, what + ". Check the endpoint, and whether a proxy or a login page is in between.") { HttpStatus = status },
        FailureScope.Passing);

    /// <summary>The request took longer than it may.</summary>
    internal static LookupFailure TimedOut(string host, TimeSpan limit) => new(
        new EnrichmentError(
            EnrichmentErrorKind.Timeout,
            string.Create(CultureInfo.InvariantCulture, $"{host} did not complete its response within {limit.TotalSeconds:0.###} s.")),
        FailureScope.Passing);

    /// <summary>What was thrown while the request was sent or its answer was read; <see langword="null"/> if it is no failure of a lookup.</summary>
    internal static LookupFailure? OfException(Exception exception, string host) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            Unsent(EnrichmentErrorKind.NameResolution, $"The name {host} could not be resolved. Is this machine online?"),
        HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } => ProxyRefused(host),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls =>
            Unsent(EnrichmentErrorKind.Tls, $"Cannot establish a trusted TLS connection to {host}: {ForeignText.Of(tls)}"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } connection =>
            Unsent(EnrichmentErrorKind.Network, $"Cannot connect to {host}: {ForeignText.Of(connection)}"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse } =>
            Unreadable($"{host} did not send a valid HTTP response", null),
        HttpRequestException broken => Passing(EnrichmentErrorKind.Network, $"The connection to {host} was lost: {ForeignText.Of(broken)}"),
        AnswerTooLargeException large => Unreadable($"The response of {host} is too large ({ForeignText.Of(large).TrimEnd('.')})", null),
        JsonException => Unreadable($"The response of {host} is not complete JSON", null),
        InvalidDataException => Unreadable($"The response of {host} cannot be decompressed", null),
        IOException broken => Passing(EnrichmentErrorKind.Network, $"The connection to {host} was lost while reading the response: {ForeignText.Of(broken)}"),
        _ => null,
    };

    private static LookupFailure Passing(EnrichmentErrorKind kind, string message) => new(new EnrichmentError(kind, message), FailureScope.Passing);

    /// <summary>A proxy asks for a user name and password.</summary>
    internal static LookupFailure ProxyRefused(string host) => new(
        new EnrichmentError(
            EnrichmentErrorKind.ProxyRefused,
            $"The proxy for {host} requires a user name and password. Use -ProxyCredential or -ProxyUseDefaultCredentials, and start the same list again.")
        {
            HttpStatus = 407,
        },
        FailureScope.Job)
    {
        MayHaveArrived = false,
    };

    private static LookupFailure Unsent(EnrichmentErrorKind kind, string message) => Passing(kind, message) with { MayHaveArrived = false };
}
