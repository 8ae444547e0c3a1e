using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>A forward proxy on loopback: it carries plain HTTP to where it is told, and may ask who asks.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _onward = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string? _authorization;
    private readonly Task _serving;

    internal TestProxy(NetworkCredential? credential = null)
    {
        _authorization = credential is null
            ? null
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}"));
        _listener.Start();
        _serving = ServeAsync();
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>The request lines that were carried.</summary>
    internal ConcurrentQueue<string> Carried { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _onward.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(TcpClient connection)
    {
        using TcpClient client = connection;
        using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
        string? line = await reader.ReadLineAsync(_stop.Token);
        if (line is null)
        {
            return;
        }

        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } header)
        {
            string[] parts = header.Split(':', 2, StringSplitOptions.TrimEntries);
            headers[parts[0]] = parts[1];
        }

        if (_authorization is not null && headers.GetValueOrDefault("Proxy-Authorization") != _authorization)
        {
            await WriteAsync(client, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"test\"\r\n", []);
            return;
        }

        Carried.Enqueue(line);
        using HttpRequestMessage request = new(HttpMethod.Get, line.Split(' ')[1]);
        request.Headers.TryAddWithoutValidation("x-apikey", headers["x-apikey"]);
        using HttpResponseMessage response = await _onward.SendAsync(request, _stop.Token);
        byte[] body = await response.Content.ReadAsByteArrayAsync(_stop.Token);
        await WriteAsync(client, $"{(int)response.StatusCode} Carried", "Content-Type: application/json\r\n", body);
    }

    private async Task WriteAsync(TcpClient client, string status, string headers, byte[] body)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"), _stop.Token);
        await client.GetStream().WriteAsync(body, _stop.Token);
    }
}
