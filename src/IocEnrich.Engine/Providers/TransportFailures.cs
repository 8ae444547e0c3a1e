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
        new EnrichmentError(EnrichmentErrorKind.UnreadableAnswer, what + ". Is the endpoint right, and is no proxy or login page in between?") { HttpStatus = status },
        FailureScope.Passing);

    /// <summary>The request took longer than it may.</summary>
    internal static LookupFailure TimedOut(string host, TimeSpan limit) => new(
        new EnrichmentError(
            EnrichmentErrorKind.Timeout,
            string.Create(CultureInfo.InvariantCulture, $"{host} did not answer in full within {limit.TotalSeconds:0.###} s.")),
        FailureScope.Passing);

    /// <summary>What was thrown while the request was sent or its answer was read; <see langword="null"/> where it is no failure of a lookup.</summary>
    internal static LookupFailure? OfException(Exception exception, string host) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            Unsent(EnrichmentErrorKind.NameResolution, $"The name {host} could not be resolved. Is this machine online?"),
        HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } => ProxyRefused(host),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls =>
            Unsent(EnrichmentErrorKind.Tls, $"No trusted TLS connection to {host} could be made: {ForeignText.Of(tls)}"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } connection =>
            Unsent(EnrichmentErrorKind.Network, $"No connection to {host} could be made: {ForeignText.Of(connection)}"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse } =>
            Unreadable($"What {host} sent is not a valid HTTP answer", null),
        HttpRequestException broken => Passing(EnrichmentErrorKind.Network, $"The connection to {host} broke: {ForeignText.Of(broken)}"),
        AnswerTooLargeException large => Unreadable($"The answer of {host} was refused: it is larger than any real one ({ForeignText.Of(large).TrimEnd('.')})", null),
        JsonException => Unreadable($"What {host} answered is not complete JSON", null),
        InvalidDataException => Unreadable($"What {host} answered cannot be decompressed", null),
        IOException broken => Passing(EnrichmentErrorKind.Network, $"The connection to {host} broke while the answer was read: {ForeignText.Of(broken)}"),
        _ => null,
    };

    private static LookupFailure Passing(EnrichmentErrorKind kind, string message) => new(new EnrichmentError(kind, message), FailureScope.Passing);

    /// <summary>A proxy asks for a user name and password.</summary>
    internal static LookupFailure ProxyRefused(string host) => new(
        new EnrichmentError(
            EnrichmentErrorKind.ProxyRefused,
            $"The proxy on the way to {host} asks for a user name and password. Give them with -ProxyCredential, or -ProxyUseDefaultCredentials, and start the same list again.")
        {
            HttpStatus = 407,
        },
        FailureScope.Job)
    {
        MayHaveArrived = false,
    };

    private static LookupFailure Unsent(EnrichmentErrorKind kind, string message) => Passing(kind, message) with { MayHaveArrived = false };
}
