using System.Globalization;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>
/// What it costs to share the quota with other processes: the engine against the emulator under a limit that it never reaches, with the
/// ledger and without, in turns within one run. At about 1,000 requests a second, and as fast as it goes.
/// </summary>
internal static class Ledger
{
    private const int Concurrency = 16;

    // With 16 at once that is 1,000 a second.
    private const int LatencyMilliseconds = 16;

    // Blocks of permits are as large as with 60,000 a minute, and no round waits for the next minute.
    private static readonly QuotaLimits Limits = new() { RequestsPerMinute = 1_000_000, RequestsPerDay = 0 };

    internal static async Task<int> RunAsync(Options options)
    {
        Machine.Describe();
        string[] texts = [.. IndicatorList.Mixed(options.Whole("count", 10_000))];
        Table table = new("", "lookups a second (spread)", "of the same without ledger", "µs of CPU a lookup (spread)", "of the same without ledger");
        foreach (int latency in (int[])[LatencyMilliseconds, 0])
        {
            using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--latency", string.Create(CultureInfo.InvariantCulture, $"{latency}ms"));
            await MeasureAsync(emulator.Endpoint, latency, texts, options.Whole("rounds", 7), table);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Concurrency} at once, {texts.Length} lookups a round, load {Machine.Load()}"));
        Console.WriteLine();
        table.Print();
        return 0;
    }

    private static async Task MeasureAsync(Uri endpoint, int latency, string[] texts, int rounds, Table table)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("IocEnrich.Benchmarks.");
        ResultCache store = ResultCache.Open(Path.Combine(folder.FullName, "store.db"));
        ApiKey.TryCreate(ModuleRunspace.Key, out ApiKey? key, out _);
        ProviderSettings options = new() { ApiKey = key!, Endpoint = endpoint };
        KeyContext alone = new();
        KeyContext shared = KeyContexts.Of(options.Endpoint, options.ApiKey, store);
        try
        {
            using HttpMessageInvoker http = HttpPools.Create();
            VirusTotalProvider provider = new(http, options);
            EnrichmentOrchestrator orchestrator = new();

            // The emulator writes each report when it is asked for the first time, and everything is compiled.
            await JobRun.RunAsync(orchestrator, provider, 64, alone, texts, limits: Limits);
            await JobRun.RunAsync(orchestrator, provider, 64, shared, texts, limits: Limits);
            List<Usage> without = [];
            List<Usage> with = [];
            for (int round = 0; round < rounds; round++)
            {
                foreach (bool first in (bool[])[round % 2 == 0, round % 2 != 0])
                {
                    (first ? with : without).Add(await Usage.OfAsync(
                        () => JobRun.RunAsync(orchestrator, provider, Concurrency, first ? shared : alone, texts, limits: Limits)));
                }
            }

            if (shared.LedgerProblem is { } problem)
            {
                throw new InvalidOperationException(problem);
            }

            string pace = latency == 0 ? "as fast as it goes" : string.Create(CultureInfo.InvariantCulture, $"{latency} ms latency");
            Add(table, $"{pace}, without ledger", without, without, texts.Length);
            Add(table, $"{pace}, with ledger", with, without, texts.Length);
        }
        finally
        {
            shared.Limiter.Settle();
            store.Dispose();
            folder.Delete(recursive: true);
        }
    }

    private static void Add(Table table, string name, List<Usage> usages, List<Usage> others, int count) => table.Add(
        name,
        Spread.Of(usages.Select(usage => count / usage.Wall.TotalSeconds)).ToString("0"),
        Spread.Of(usages.Zip(others, static (one, other) => other.Wall / one.Wall)).ToString("0.00"),
        Spread.Of(usages.Select(usage => usage.Processor.TotalMicroseconds / count)).ToString("0.0"),
        Spread.Of(usages.Zip(others, static (one, other) => one.Processor / other.Processor)).ToString("0.00"));
}
