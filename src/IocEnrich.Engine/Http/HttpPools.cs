using System.Collections.Concurrent;
using System.Net;

namespace IocEnrich.Engine.Http;

/// <summary>The connection pools to the providers, shared by all sessions of the process: one for each route.</summary>
/// <remarks>
/// They are no HttpClients: what those add to each request, a time limit to the headers and a copy of default headers, is done once and
/// for the whole request in <see cref="Providers.ProviderClient"/>.
/// </remarks>
public static class HttpPools
{
    private static readonly ConcurrentDictionary<(Uri Address, string Identity), HttpMessageInvoker> ByProxy = new();
    private static readonly Lazy<HttpMessageInvoker> Direct = new(static () => Create(static handler => handler.UseProxy = false));
    private static readonly Lazy<HttpMessageInvoker> BySystem = new(static () => Create(static handler => handler.DefaultProxyCredentials = CredentialCache.DefaultCredentials));

    /// <summary>The pool for an endpoint.</summary>
    /// <param name="endpoint">The endpoint. An endpoint on this machine is reached directly, whatever the system's proxy is.</param>
    /// <param name="proxy">
    /// The proxy to use; <see langword="null"/> for the system's proxy, or the one that <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c> and
    /// <c>NO_PROXY</c> specify.
    /// </param>
    /// <exception cref="ArgumentException">A key for this endpoint may not go through this proxy.</exception>
    public static HttpMessageInvoker For(Uri endpoint, ProxySettings? proxy = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (proxy is not null)
        {
            return proxy.MayCarry(endpoint, out string? reason)
                ? ByProxy.GetOrAdd(
                    (proxy.Address, proxy.Identity),
                    static (_, proxy) => Create(handler => handler.Proxy = new WebProxy(proxy.Address) { Credentials = proxy.Credential }),
                    proxy)
                : throw new ArgumentException(reason, nameof(proxy));
        }

        return (endpoint.IsLoopback ? Direct : BySystem).Value;
    }

    /// <summary>A new pool without a proxy, for tests that must not share one.</summary>
    public static HttpMessageInvoker Create() => Create(static handler => handler.UseProxy = false);

    private static HttpMessageInvoker Create(Action<SocketsHttpHandler> setProxy)
    {
#pragma warning disable CA2000 // The pool disposes its handler.
        SocketsHttpHandler handler = new()
#pragma warning restore CA2000
        {
            // A redirect is never followed: the key would go along to wherever it leads.
            AllowAutoRedirect = false,
            UseCookies = false,

            // Whatever is traced in this process is no business of the service's.
            ActivityHeadersPropagator = null,

            // AnswerBody does it, which keeps the compressed form where it is wanted.
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            EnableMultipleHttp2Connections = true,

            // Long-lived processes must notice when the name leads elsewhere.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),

            // A connection that brought somebody else's answer is not used again.
            PlaintextStreamFilter = WatchedConnection.WatchAsync,
        };
        setProxy(handler);
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }
}
