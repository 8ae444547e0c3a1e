using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IocEnrich.PowerShell.Tests.Providers;

/// <summary>The service of the second provider, on loopback. An address of which nothing was said has never been seen.</summary>
internal sealed class ReputationServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private int _refusals;

    private ReputationServer()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Endpoint.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    internal Uri Endpoint { get; }

    /// <summary>The token that it takes; any other is refused.</summary>
    internal string Token { get; } = $"token{Guid.NewGuid():N}";

    /// <summary>What it says of addresses, as JSON.</summary>
    internal ConcurrentDictionary<string, string> Reports { get; } = new();

    /// <summary>The addresses that were asked for, in order.</summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How many requests are told to come again later.</summary>
    internal int Refusals
    {
        set => _refusals = value;
    }

    internal static ReputationServer Start() => new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            string address = context.Request.QueryString["address"] ?? "";
            Asked.Enqueue(address);
            using HttpListenerResponse response = context.Response;
            response.StatusCode = context.Request.Headers["Authorization"] != $"Bearer {Token}" ? 402
                : Interlocked.Decrement(ref _refusals) >= 0 ? 429
                : Reports.ContainsKey(address) ? 200
                : 204;
            if (response.StatusCode == 429)
            {
                response.AddHeader("Retry-After", "1");
            }

            if (response.StatusCode == 200)
            {
                await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Reports[address]));
            }
        }
    }
}
