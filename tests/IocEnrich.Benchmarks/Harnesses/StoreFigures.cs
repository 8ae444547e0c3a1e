using System.Globalization;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>What is known: how fast it is given from the store, what it costs to keep it, and how large it is.</summary>
internal static class StoreFigures
{
    private const int ThrottleLimit = 16;

    internal static async Task<int> RunAsync(Options options)
    {
        Machine.Describe();
        int rounds = options.Whole("rounds", 5);
        int count = options.Whole("count", 20_000);
        await ReadAsync(rounds, count);
        await WriteAsync(rounds, count, latencyMilliseconds: 0);
        await WriteAsync(rounds, count, latencyMilliseconds: 16);
        return 0;
    }

    /// <summary>A list of which every answer is known.</summary>
    private static async Task ReadAsync(int rounds, int count)
    {
        string[] texts = [.. IndicatorList.Mixed(count)];
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync();
        using ModuleRunspace session = ModuleRunspace.Open(emulator.Endpoint);
        session.Enrich(texts, ThrottleLimit, useStore: true);
        using HttpMessageInvoker http = HttpPools.Create();
        VirusTotalProvider provider = Provider(http, emulator.Endpoint);
        EnrichmentOrchestrator orchestrator = new();
        KeyContext account = new();

        // The very file that the cmdlets have filled, opened a second time.
        using ResultCache store = ResultCache.Open(StorePath.Default);
        JobCache known = new(store, VirusTotalDefinition.Instance, emulator.Endpoint, new CacheFreshness(), VerdictThresholds.Default);
        Table table = new("every answer is known", "answers a second (spread)", "µs of CPU an answer", "KB allocated an answer");
        List<Usage> engine = [];
        List<Usage> cmdlets = [];
        for (int round = 0; round < rounds; round++)
        {
            engine.Add(await Usage.OfAsync(() => JobRun.RunAsync(orchestrator, provider, ThrottleLimit, account, texts, known)));
            cmdlets.Add(Usage.Of(() => session.Enrich(texts, ThrottleLimit, useStore: true)));
        }

        Add(table, "the engine alone", engine, count);
        Add(table, "through the cmdlets", cmdlets, count);
        table.Print();
        EnrichmentCache cache = store.GetStatistics();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cache.Entries} answers of all types in {cache.Size / 1024} KB: {cache.Size / cache.Entries} bytes each."));
        await MeasureSizeAsync(emulator);
    }

    private static async Task MeasureSizeAsync(EmulatorProcess emulator)
    {
        const int Files = 2_000;
        string[] texts = [.. IndicatorList.Files(Files)];
        using HttpMessageInvoker http = HttpPools.Create();
        VirusTotalProvider provider = Provider(http, emulator.Endpoint);
        long bytes = 0;
        int reports = 0;
        foreach (string text in texts.Take(50))
        {
            LookupOutcome outcome = await provider.LookUpAsync(Indicator.Parse(text), CancellationToken.None);
            if (outcome.Report is { } report)
            {
                using Stream json = report.OpenRead();
                using MemoryStream plain = new();
                await json.CopyToAsync(plain);
                bytes += plain.Length;
                reports++;
            }
        }

        using StoreInFolder fresh = new();
        await JobRun.RunAsync(new EnrichmentOrchestrator(), provider, ThrottleLimit, new KeyContext(), texts, fresh.Cache(emulator.Endpoint));
        EnrichmentCache cache = fresh.Store.GetStatistics();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{cache.Entries} answers on files, whose reports have {bytes / reports / 1024} KB: {cache.Size / cache.Entries} bytes each, the log included."));
        Console.WriteLine();
    }

    /// <summary>A list of which nothing is known, with the store and without, in turns.</summary>
    private static async Task WriteAsync(int rounds, int count, int latencyMilliseconds)
    {
        string[] texts = [.. IndicatorList.Mixed(count)];
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--latency", string.Create(CultureInfo.InvariantCulture, $"{latencyMilliseconds}ms"));
        using HttpMessageInvoker http = HttpPools.Create();
        VirusTotalProvider without = Provider(http, emulator.Endpoint, keepReports: false);
        VirusTotalProvider with = Provider(http, emulator.Endpoint);
        EnrichmentOrchestrator orchestrator = new();
        KeyContext account = new();
        List<Usage> plain = [];
        List<Usage> kept = [];

        // The emulator writes each report when it is asked for the first time, and everything is compiled.
        await WithoutAsync();
        await WithAsync();
        for (int round = 0; round < rounds; round++)
        {
            plain.Add(await Usage.OfAsync(WithoutAsync));
            kept.Add(await WithAsync());
        }

        Table table = new(
            string.Create(CultureInfo.InvariantCulture, $"nothing is known, {latencyMilliseconds} ms, {ThrottleLimit} at once"),
            "lookups a second (spread)", "of the time without store", "µs of CPU a lookup", "KB allocated a lookup");
        Add(table, "without store", plain, count, "1.00");
        Add(table, "with store", kept, count, Spread.Of(kept.Zip(plain, static (one, other) => one.Wall / other.Wall)).ToString("0.00"));
        table.Print();

        Task WithoutAsync() => JobRun.RunAsync(orchestrator, without, ThrottleLimit, account, texts);

        async Task<Usage> WithAsync()
        {
            using StoreInFolder fresh = new();
            JobCache known = fresh.Cache(emulator.Endpoint);
            return await Usage.OfAsync(() => JobRun.RunAsync(orchestrator, with, ThrottleLimit, account, texts, known));
        }
    }

    private static void Add(Table table, string name, List<Usage> usages, int count, string? ratio = null)
    {
        string[] figures =
        [
            Spread.Of(usages.Select(usage => count / usage.Wall.TotalSeconds)).ToString("0"),
            .. ratio is null ? Array.Empty<string>() : [ratio],
            Spread.Of(usages.Select(usage => usage.Processor.TotalMicroseconds / count)).Median.ToString("0.0", CultureInfo.InvariantCulture),
            Spread.Of(usages.Select(usage => usage.Allocated / 1024.0 / count)).Median.ToString("0.0", CultureInfo.InvariantCulture),
        ];
        table.Add([name, .. figures]);
    }

    private static VirusTotalProvider Provider(HttpMessageInvoker http, Uri endpoint, bool keepReports = true)
    {
        ApiKey.TryCreate(ModuleRunspace.Key, out ApiKey? key, out _);
        return new VirusTotalProvider(http, new ProviderSettings { ApiKey = key!, Endpoint = endpoint, KeepReports = keepReports });
    }
}
