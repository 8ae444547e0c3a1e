using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>The ways to look a list up. Each keeps its connections from one run to the next.</summary>
internal sealed class Contestants : IDisposable
{
    internal const string Raw = "raw HttpClient loop, reads the bodies";
    internal const string RawParsing = "raw HttpClient loop, parses each into a JsonDocument";
    internal const string Engine = "the engine alone";
    internal const string Cmdlets = "through the cmdlets";

    private readonly RawLoop _raw;
    private readonly RawLoop _rawParsing;
    private readonly ModuleRunspace _session;
    private readonly HttpMessageInvoker _http = HttpPools.Create();
    private readonly EnrichmentOrchestrator _orchestrator = new();
    private readonly KeyContext _account = new();
    private readonly VirusTotalProvider _provider;

    internal Contestants(Uri endpoint)
    {
        ApiKey.TryCreate(ModuleRunspace.Key, out ApiKey? key, out _);
        _provider = new VirusTotalProvider(_http, new ProviderSettings { ApiKey = key!, Endpoint = endpoint });
        _raw = new RawLoop(endpoint, parses: false);
        _rawParsing = new RawLoop(endpoint, parses: true);
        _session = ModuleRunspace.Open(endpoint);
    }

    internal IReadOnlyList<string> Names { get; } = [Raw, RawParsing, Engine, Cmdlets];

    internal async Task RunAllAsync(string[] texts, int concurrency)
    {
        foreach (string name in Names)
        {
            await RunAsync(name, texts, concurrency);
        }
    }

    internal async Task RunAsync(string name, string[] texts, int concurrency)
    {
        int count = name switch
        {
            Raw => await _raw.RunAsync(texts, concurrency),
            RawParsing => await _rawParsing.RunAsync(texts, concurrency),
            Engine => await JobRun.RunAsync(_orchestrator, _provider, concurrency, _account, texts),
            _ => _session.Enrich(texts, concurrency),
        };
        if (count != texts.Length)
        {
            throw new InvalidOperationException($"\"{name}\" gave {count} answers to {texts.Length} indicators.");
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _raw.Dispose();
        _rawParsing.Dispose();
        _http.Dispose();
    }
}
