using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

/// <summary>A plain client of one emulator: it sends what a test says, follows nothing and decompresses nothing.</summary>
internal sealed class EmulatorClient : IDisposable
{
    public const string Key = "a-key";

    private readonly EmulatorServer _server;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public EmulatorClient(EmulatorServer server) => _server = server;

    public static string UrlId(string url) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(url));

    public async Task<HttpResponseMessage> SendAsync(
        string path,
        string? key = Key,
        string userAgent = "test",
        bool acceptGzip = false,
        HttpMethod? method = null,
        string? body = null,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead,
        CancellationToken cancellationToken = default)
    {
        Uri uri = path.StartsWith('/') ? new Uri(_server.Endpoint, path) : new Uri($"{_server.Endpoint}/{path}");
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (key is not null)
        {
            request.Headers.Add("x-apikey", key);
        }

        if (acceptGzip)
        {
            request.Headers.Add("Accept-Encoding", "gzip");
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await _http.SendAsync(request, completion, cancellationToken);
    }

    public async Task<HttpStatusCode> StatusAsync(string path, string? key = Key)
    {
        using HttpResponseMessage response = await SendAsync(path, key);
        return response.StatusCode;
    }

    /// <summary>The body, which must be JSON.</summary>
    public async Task<JsonElement> JsonAsync(string path, string? key = Key, HttpMethod? method = null, string? body = null)
    {
        using HttpResponseMessage response = await SendAsync(path, key, method: method, body: body);
        return await ReadJsonAsync(response);
    }

    /// <summary>The attributes of a report.</summary>
    public async Task<JsonElement> AttributesAsync(string path) => (await JsonAsync(path)).GetProperty("data").GetProperty("attributes");

    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        if (response.Content.Headers.ContentEncoding.Contains("gzip"))
        {
            await using GZipStream expanding = new(new MemoryStream(body), CompressionMode.Decompress);
            return (await JsonDocument.ParseAsync(expanding)).RootElement;
        }

        return JsonDocument.Parse(body).RootElement;
    }

    public void Dispose() => _http.Dispose();
}
