using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>Long lists, answered at once, received as they come. Each measurement has a process of its own, as memory has a peak once.</summary>
internal static class Million
{
    internal const string ChildCommand = "million-one";

    private const string Engine = "engine";
    private const string Cmdlets = "cmdlets";
    private const int Megabyte = 1024 * 1024;
    private const int ThrottleLimit = 16;

    internal static async Task<int> RunAsync(Options options)
    {
        Machine.Describe();
        Table table = new("", "indicators", "seconds (spread)", "µs an indicator", "µs of CPU an indicator", "bytes an indicator", "peak working set MB", "of it before the list");
        foreach (string way in new[] { Engine, Cmdlets })
        {
            foreach (int count in options.List("counts", 10_000, 100_000, 1_000_000))
            {
                List<Figures> all = [];
                for (int round = 0; round < options.Whole("rounds", 3); round++)
                {
                    all.Add(await RunChildAsync(way, count));
                }

                Spread seconds = Spread.Of(all.Select(static figures => figures.Seconds));
                table.Add(
                    way == Engine ? "the engine alone" : "through the cmdlets",
                    count.ToString(CultureInfo.InvariantCulture),
                    seconds.ToString("0.00"),
                    (seconds.Median * 1e6 / count).ToString("0.0", CultureInfo.InvariantCulture),
                    Number(all, figures => figures.ProcessorSeconds * 1e6 / count, "0.0"),
                    Number(all, figures => (double)figures.Allocated / count, "0"),
                    Number(all, static figures => figures.PeakBytes / Megabyte, "0"),
                    Number(all, static figures => figures.BytesBefore / Megabyte, "0"));
            }
        }

        table.Print();
        return 0;
    }

    internal static async Task<int> RunOneAsync(Options options)
    {
        int count = options.Whole("count", 1_000_000);
        Func<int, Task<int>> run = options.Text("way") == Engine ? OfEngine() : OfCmdlets();

        // Compiled, and no more: the first list that a session is given is long or short.
        await run(1_000);
        long before = Process.GetCurrentProcess().PeakWorkingSet64;
        int results = 0;
        Usage usage = await Usage.OfAsync(async () => results = await run(count));
        if (results != count)
        {
            throw new InvalidOperationException($"{results} results came of {count} indicators.");
        }

        Console.WriteLine(JsonSerializer.Serialize(new Figures(
            usage.Wall.TotalSeconds, usage.Processor.TotalSeconds, usage.Allocated, Process.GetCurrentProcess().PeakWorkingSet64, before)));
        return 0;
    }

    private static Func<int, Task<int>> OfEngine()
    {
        EnrichmentOrchestrator orchestrator = new();
        KeyContext account = new();
        return count => JobRun.RunAsync(orchestrator, new InstantProvider(), ThrottleLimit, account, IndicatorList.Mixed(count));
    }

    private static Func<int, Task<int>> OfCmdlets()
    {
        ModuleRunspace session = ModuleRunspace.Open(InstantService.Endpoint);
        InstantService.Install();
        return count => Task.FromResult(session.Enrich(IndicatorList.Mixed(count), ThrottleLimit));
    }

    private static async Task<Figures> RunChildAsync(string way, int count)
    {
        string output = await ChildProcess.ReadAsync(ChildCommand, "--way", way, "--count", count.ToString(CultureInfo.InvariantCulture));
        return JsonSerializer.Deserialize<Figures>(output)!;
    }

    private static string Number(List<Figures> all, Func<Figures, double> figure, string format) =>
        Spread.Of(all.Select(figure)).Median.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>What one process says about its list.</summary>
    internal sealed record Figures(double Seconds, double ProcessorSeconds, long Allocated, long PeakBytes, long BytesBefore);
}
