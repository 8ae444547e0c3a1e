using System.Buffers;
using System.Net;
using System.Text.Json;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.Benchmarks.Work;

/// <summary>
/// What HttpClient can do, as the limit: so many loops over one list, without parsing indicators, quotas, retries or results. It asks
/// for the same compression as the engine does, and the addresses are made beforehand.
/// </summary>
internal sealed class RawLoop(Uri endpoint, bool parses) : IDisposable
{
    private readonly HttpClient _http = CreateClient();
    private string[] _texts = [];
    private Uri[] _addresses = [];

    internal async Task<int> RunAsync(string[] texts, int concurrency)
    {
        Prepare(texts);
        int next = -1;
        int answers = 0;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
            for (int index; (index = Interlocked.Increment(ref next)) < _addresses.Length;)
            {
                using HttpResponseMessage response = await _http.GetAsync(_addresses[index], HttpCompletionOption.ResponseHeadersRead);
                await using Stream body = await response.Content.ReadAsStreamAsync();
                if (parses)
                {
                    using JsonDocument document = await JsonDocument.ParseAsync(body);
                }
                else
                {
                    while (await body.ReadAsync(buffer) > 0)
                    {
                    }
                }

                Interlocked.Increment(ref answers);
            }

            ArrayPool<byte>.Shared.Return(buffer);
        })));
        return answers;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A client as the loop has it.</summary>
    internal static HttpClient CreateClient()
    {
        HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.GZip });
        http.DefaultRequestHeaders.Add("x-apikey", ModuleRunspace.Key);
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "raw loop (gzip)");
        return http;
    }

    private void Prepare(string[] texts)
    {
        if (_texts != texts)
        {
            _texts = texts;
            _addresses = [.. texts.Select(text => new Uri(VirusTotalAddresses.AddressOf($"{endpoint}/", Indicator.Parse(text))!))];
        }
    }
}
