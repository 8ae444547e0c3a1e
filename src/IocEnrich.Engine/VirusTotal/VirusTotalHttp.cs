using System.Collections.Concurrent;
using System.Net;
using System.Reflection;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>The pools of connections to VirusTotal. All sessions of the process share them: one for each way to get there.</summary>
public static class VirusTotalHttp
{
    private static readonly ConcurrentDictionary<(Uri Address, string Identity), HttpClient> ByProxy = new();
    private static readonly Lazy<HttpClient> Direct = new(static () => Create(static handler => handler.UseProxy = false));
    private static readonly Lazy<HttpClient> BySystem = new(static () => Create(static handler => handler.DefaultProxyCredentials = CredentialCache.DefaultCredentials));

    /// <summary>The pool for an endpoint.</summary>
    /// <param name="endpoint">Where the API is. One on this machine is reached directly, whatever the system's proxy is.</param>
    /// <param name="proxy">
    /// The proxy to go through; <see langword="null"/> for the system's own, or what <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c> and
    /// <c>NO_PROXY</c> say.
    /// </param>
    /// <exception cref="ArgumentException">A key for this endpoint may not go through this proxy.</exception>
    public static HttpClient For(Uri endpoint, ProxySettings? proxy = null)
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

    /// <summary>A new pool that goes there directly, for tests that must not share one.</summary>
    public static HttpClient Create() => Create(static handler => handler.UseProxy = false);

    private static HttpClient Create(Action<SocketsHttpHandler> setProxy)
    {
#pragma warning disable CA2000 // The client disposes its handler.
        SocketsHttpHandler handler = new()
#pragma warning restore CA2000
        {
            // A redirect is never followed: the key would go along to wherever it leads.
            AllowAutoRedirect = false,
            UseCookies = false,

            // AnswerBody does it, which keeps the compressed form where it is wanted.
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            EnableMultipleHttp2Connections = true,

            // Long-lived processes must notice when the name leads elsewhere.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        };
        setProxy(handler);
        HttpClient client = new(handler, disposeHandler: true)
        {
            // The provider has its own limit, from the connection to the last byte; this one would end at the headers.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        string version = typeof(VirusTotalHttp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

        // gzip is served to a program only when its User-Agent contains the word.
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"IocEnrich/{version} (gzip)");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip");
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-tool", "IocEnrich");
        return client;
    }
}
