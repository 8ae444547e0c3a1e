using System.Net;
using System.Reflection;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>The pool of connections to VirusTotal. One serves the whole process.</summary>
public static class VirusTotalHttp
{
    private static readonly Lazy<HttpClient> SharedClient = new(Create);

    /// <summary>The pool that all sessions of this process share.</summary>
    public static HttpClient Shared => SharedClient.Value;

    /// <summary>A new pool, for tests that must not share one.</summary>
    public static HttpClient Create()
    {
#pragma warning disable CA2000 // The client disposes its handler.
        SocketsHttpHandler handler = new()
#pragma warning restore CA2000
        {
            // A redirect is never followed: the key would go along to wherever it leads.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            EnableMultipleHttp2Connections = true,

            // Long-lived processes must notice when the name leads elsewhere.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        };
        HttpClient client = new(handler, disposeHandler: true)
        {
            // The provider has its own limit, from the connection to the last byte; this one would end at the headers.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        string version = typeof(VirusTotalHttp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

        // gzip is served to a program only when its User-Agent contains the word.
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"IocEnrich/{version} (gzip)");
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-tool", "IocEnrich");
        return client;
    }
}
