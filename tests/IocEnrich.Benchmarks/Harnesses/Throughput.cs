using System.Globalization;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>
/// Lookups end to end against the emulator in a process of its own: a raw loop, the engine, the cmdlets; in turns within one run, so that
/// whatever else the machine does touches all of them.
/// </summary>
internal static class Throughput
{
    internal static async Task<int> RunAsync(Options options)
    {
        Machine.Describe();
        if (options.Text("set") is null or "cpu")
        {
            await RunCpuBoundAsync(options);
        }

        if (options.Text("set") is null or "latency")
        {
            await RunLatencyBoundAsync(options.Whole("rounds", 5));
        }

        return 0;
    }

    private static async Task RunCpuBoundAsync(Options options)
    {
        string[] texts = [.. IndicatorList.Mixed(options.Whole("count", 20_000))];
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync();
        using Contestants contestants = new(emulator.Endpoint);

        // The emulator writes each report when it is asked for the first time, and everything is compiled.
        await contestants.RunAllAsync(texts, 16);
        await contestants.RunAllAsync(texts, 16);
        foreach (int concurrency in options.List("concurrency", 16, 64))
        {
            Rounds rounds = new(contestants.Names);
            for (int round = 0; round < options.Whole("rounds", 5); round++)
            {
                await rounds.AddAsync(contestants, texts, concurrency, round);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"No latency, {concurrency} at once, {texts.Length} lookups a round, load {Machine.Load()}"));
            Console.WriteLine();
            PrintCpuBound(rounds, texts.Length);
        }
    }

    private static void PrintCpuBound(Rounds rounds, int count)
    {
        Table table = new("", "lookups a second (spread)", "of the raw loop", "of the raw loop that parses", "of the engine", "µs of CPU a lookup", "KB a lookup");
        foreach (string name in rounds.Names)
        {
            table.Add(
                name,
                Spread.Of(rounds.Of(name).Select(usage => count / usage.Wall.TotalSeconds)).ToString("0"),
                rounds.Speed(name, Contestants.Raw).ToString("0.00"),
                rounds.Speed(name, Contestants.RawParsing).ToString("0.00"),
                rounds.Speed(name, Contestants.Engine).ToString("0.00"),
                Spread.Of(rounds.Of(name).Select(usage => usage.Processor.TotalMicroseconds / count)).Median.ToString("0", CultureInfo.InvariantCulture),
                Spread.Of(rounds.Of(name).Select(usage => usage.Allocated / 1024.0 / count)).Median.ToString("0.0", CultureInfo.InvariantCulture));
        }

        table.Print();
    }

    private static async Task RunLatencyBoundAsync(int roundCount)
    {
        Table table = new("", "latency", "at once", "lookups", "over N × latency / concurrency (spread)");
        foreach ((int latency, int concurrency, int count) in new[] { (50, 16, 1600), (200, 4, 80) })
        {
            using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--latency", string.Create(CultureInfo.InvariantCulture, $"{latency}ms"));
            using Contestants contestants = new(emulator.Endpoint);
            string[] texts = [.. IndicatorList.Mixed(count)];
            await contestants.RunAllAsync(texts, 64);
            Rounds rounds = new(contestants.Names);
            for (int round = 0; round < roundCount; round++)
            {
                await rounds.AddAsync(contestants, texts, concurrency, round);
            }

            double ideal = (double)count * latency / concurrency;
            foreach (string name in rounds.Names)
            {
                table.Add(
                    name,
                    string.Create(CultureInfo.InvariantCulture, $"{latency} ms"),
                    concurrency.ToString(CultureInfo.InvariantCulture),
                    count.ToString(CultureInfo.InvariantCulture),
                    Spread.Of(rounds.Of(name).Select(usage => ((usage.Wall.TotalMilliseconds / ideal) - 1) * 100)).ToString("0.0") + " %");
            }
        }

        table.Print();
    }

    /// <summary>What each contestant took, round by round.</summary>
    private sealed class Rounds(IReadOnlyList<string> names)
    {
        private readonly Dictionary<string, List<Usage>> _usages = names.ToDictionary(static name => name, static _ => new List<Usage>());

        internal IReadOnlyList<string> Names => names;

        internal List<Usage> Of(string name) => _usages[name];

        /// <summary>How fast one is beside another, round by round.</summary>
        internal Spread Speed(string name, string beside) =>
            Spread.Of(_usages[name].Zip(_usages[beside], static (one, other) => other.Wall / one.Wall));

        /// <summary>One round; each begins with another contestant.</summary>
        internal async Task AddAsync(Contestants contestants, string[] texts, int concurrency, int round)
        {
            for (int turn = 0; turn < names.Count; turn++)
            {
                string name = names[(turn + round) % names.Count];
                _usages[name].Add(await Usage.OfAsync(() => contestants.RunAsync(name, texts, concurrency)));
            }
        }
    }
}
