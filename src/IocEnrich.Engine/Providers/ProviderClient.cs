using System.Net;
using System.Reflection;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers;

/// <summary>Sends requests to a provider, each within its time limit: what goes wrong on the way becomes a failure in words. Thread-safe.</summary>
/// <remarks>No exception leaves it that could hold the address of a request: in one of them stands the key.</remarks>
internal sealed class ProviderClient
{
    // A connection that another request turns out to have spoilt is met by chance: as often in a row as this, it is none.
    private const int MostSpentConnections = 16;

    // gzip is served to a program only when its User-Agent contains the word.
    private static readonly string UserAgent = $"IocEnrich/{ProgramVersion} (gzip)";

    private readonly HttpMessageInvoker _http;
    private readonly Action<HttpRequestMessage> _authorize;
    private readonly TimeSpan _timeLimit;

    /// <param name="http">The pool of connections. It stays the caller's.</param>
    /// <param name="settings">The endpoint and the time limit.</param>
    /// <param name="authorize">Gives a request its key, and whatever else the provider wants in its headers.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    internal ProviderClient(HttpMessageInvoker http, ProviderSettings settings, Action<HttpRequestMessage> authorize, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(settings);
        _http = http;
        _authorize = authorize;
        _timeLimit = settings.RequestTimeout;
        TimeProvider = timeProvider ?? TimeProvider.System;
        Endpoint = settings.Endpoint.AbsoluteUri.TrimEnd('/') + "/";
        Host = DisplayText.Clean(settings.Endpoint.IsDefaultPort ? settings.Endpoint.Host : settings.Endpoint.Authority);
    }

    /// <summary>Where the API is, with the slash at its end.</summary>
    internal string Endpoint { get; }

    /// <summary>Who is asked, as people name it.</summary>
    internal string Host { get; }

    /// <summary>The clock of time-outs and retrieval times.</summary>
    internal TimeProvider TimeProvider { get; }

    /// <summary>Sends a request and reads what comes back.</summary>
    /// <param name="address">What is asked for: an address below <see cref="Endpoint"/>.</param>
    /// <param name="asked">What <paramref name="read"/> is told.</param>
    /// <param name="read">Reads the response.</param>
    /// <param name="fail">Makes an answer of what went wrong instead.</param>
    /// <param name="errorOf">What is wrong with an answer; <see langword="null"/> if nothing is.</param>
    /// <param name="cancellationToken">Breaks the request off.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    internal async ValueTask<TAnswer> GetAsync<TAsked, TAnswer>(
        string address,
        TAsked asked,
        Func<TAsked, HttpResponseMessage, CancellationToken, ValueTask<TAnswer>> read,
        Func<LookupFailure, TAnswer> fail,
        Func<TAnswer, EnrichmentError?> errorOf,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_timeLimit, TimeProvider);
        using CancellationTokenRegistration breakOff = cancellationToken.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        for (int spent = 0; ; spent++)
        {
            ConnectionUse use = ConnectionUse.Begin();
            bool isTrusted = false;
            try
            {
                using HttpRequestMessage request = Request(address);
                using HttpResponseMessage response = await _http.SendAsync(request, limit.Token);
                TAnswer answer = IsRefusedByProxy(response) ? fail(TransportFailures.ProxyRefused(Host)) : await read(asked, response, limit.Token);
                isTrusted = errorOf(answer)?.Kind != EnrichmentErrorKind.UnreadableAnswer;
                return answer;
            }
            catch (HttpRequestException exception) when (exception.GetBaseException() is ConnectionSpentException && spent < MostSpentConnections)
            {
                // Nothing was sent, so nothing was spent: there are other connections.
            }
#pragma warning disable CA1031 // What is no failure of a request is thrown on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (FailureOf(exception, limit.IsCancellationRequested, cancellationToken) is { } failure)
                {
                    return fail(failure);
                }

                throw;
            }
            finally
            {
                use.End(isTrusted);
            }
        }
    }

    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    private LookupFailure? FailureOf(Exception exception, bool isOverTime, CancellationToken cancellationToken)
    {
        // It can surface as a broken connection just as well.
        return cancellationToken.IsCancellationRequested ? throw new OperationCanceledException("The request was cancelled.", cancellationToken)
            : exception is OperationCanceledException && isOverTime ? TransportFailures.TimedOut(Host, _timeLimit)
            : TransportFailures.OfException(exception, Host);
    }

    // A proxy that asks who asks says how it wants to be told (RFC 9110, section 15.5.8); a page with that status is just a page.
    private static bool IsRefusedByProxy(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired && response.Headers.NonValidated.Contains("Proxy-Authenticate");

    private HttpRequestMessage Request(string address)
    {
        HttpRequestMessage request = new(HttpMethod.Get, new Uri(address, UriKind.Absolute))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        _authorize(request);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        return request;
    }

    private static string ProgramVersion =>
        typeof(ProviderClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
