using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;
using Xunit.Abstractions;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>
/// Jobs at a server that answers whatever it likes, over real sockets, with the store and without. Set IOCENRICH_FUZZ to the number of
/// answers for a longer run than the 3,000 here, and IOCENRICH_FUZZ_SEED for other ones; docs/reliability.md names the long run.
/// </summary>
[Collection(Alone.Name)]
public sealed class AnswerFuzzTests(ITestOutputHelper output)
{
    private const int IndicatorsInJob = 120;
    private const int AtOnce = 2;
    private const long MostMemory = 300L << 20;

    private static readonly int Answers = Setting("IOCENRICH_FUZZ", 3_000);
    private static readonly int Seed = Setting("IOCENRICH_FUZZ_SEED", 13);

    [Fact]
    public async Task Whatever_is_answered_every_indicator_has_one_result_and_none_is_better_or_anothers()
    {
        GC.Collect();
        long before = Environment.WorkingSet;
        long peak = before;
        Stopwatch watch = Stopwatch.StartNew();
        Tally tally = new();
        int answered = 0;
        int jobs = 0;
        await Parallel.ForAsync(0, AtOnce, async (_, end) =>
        {
            while (Volatile.Read(ref answered) < Answers && !end.IsCancellationRequested)
            {
                Interlocked.Add(ref answered, await RunAsync(Seed + Interlocked.Increment(ref jobs) - 1, tally));
                InterlockedMax(ref peak, Environment.WorkingSet);

                // The server is in this process, and makes more garbage than what is tested: what is left of a job is not the next one's.
                GC.Collect();
            }
        });

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{answered:N0} answers in {jobs} pairs of jobs, {watch.Elapsed.TotalSeconds:0} s; {tally}; working set {before >> 20} MB before, {peak >> 20} MB at most; {GC.GetTotalMemory(forceFullCollection: true) >> 20} MB in use at the end"));
        Assert.True(peak - before < MostMemory, $"The process grew from {before:N0} to {peak:N0} bytes.");

        // A fuzzer that only ever breaks things finds nothing: all kinds of ends must have come.
        Assert.All([EnrichmentStatus.Found, EnrichmentStatus.NotFound, EnrichmentStatus.Failed], status => Assert.True(tally.Of(status) > 0, $"None was {status}."));
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.True(tally.Of(verdict) > 0, $"None was {verdict}."));
        Assert.True(tally.FromCache > 0, "None came from the store.");
    }

    /// <summary>One list at one server, twice: the second time, what was kept comes from the store where there is one.</summary>
    private static async Task<int> RunAsync(int seed, Tally tally)
    {
        FuzzedAnswers answers = new(seed, mayEndJobs: seed % 4 == 0);
        await using RawServer server = new(answers.Next);
        using HttpMessageInvoker http = HttpPools.Create();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("iocenrich-fuzz-");
        using ResultCache? store = seed % 2 == 0 ? ResultCache.Open(Path.Combine(folder.FullName, "store.db"), 1 << 28) : null;
        try
        {
            string[] texts = [.. Enumerable.Range(0, IndicatorsInJob).Select(number => Indicator(seed, number))];
            for (int time = 0; time < 2; time++)
            {
                EnrichmentJob job = Start(http, server.Endpoint, store, keepReports: seed % 3 == 0);
                job.AddAll(texts);
                Check(await FinishAsync(job, seed), texts, answers, tally, $"seed {seed}, job {time}");
            }

            return server.Requests.Count;
        }
        finally
        {
            store?.Dispose();
            folder.Delete(recursive: true);
        }
    }

    private static EnrichmentJob Start(HttpMessageInvoker http, Uri endpoint, ResultCache? store, bool keepReports)
    {
        HurriedTime time = new();
        VirusTotalProvider provider = HostileTesting.Provider(http, endpoint, keepReports, timeout: TimeSpan.FromMilliseconds(500));
        JobCache? known = store is null ? null : new JobCache(store, VirusTotalDefinition.Instance, endpoint, new CacheFreshness(), VerdictThresholds.Default, keepReports);
        EnrichmentJobOptions options = JobTesting.Options(throttleLimit: 16, account: new KeyContext(time)) with
        {
            Cache = Task.FromResult(known),
            ReportForm = keepReports ? static report => report : null,
        };
        return new EnrichmentOrchestrator(timeProvider: time).Start(provider, options, out _);
    }

    private static async Task<EnrichmentResult[]> FinishAsync(EnrichmentJob job, int seed)
    {
        await job.Finished.WaitAsync(TimeSpan.FromMinutes(2)).ContinueWith(
            ended => Assert.True(ended.IsCompletedSuccessfully, $"Seed {seed}: the job has not ended: {job.GetProgress()}"), TaskScheduler.Default);
        return job.TakeAll();
    }

    private static void Check(EnrichmentResult[] results, string[] texts, FuzzedAnswers answers, Tally tally, string where)
    {
        Assert.True(texts.Order(StringComparer.Ordinal).SequenceEqual(results.Select(static result => result.Indicator).Order(StringComparer.Ordinal)), where);
        foreach (EnrichmentResult result in results)
        {
            string what = $"{where}: {result}, {result.Reason}";
            string path = PathOf(result);
            tally.Add(result);
            Assert.True(result.Error?.Kind != EnrichmentErrorKind.Internal, what);
            Assert.True(result.Requests is >= 0 and <= 2, what);
            Assert.True(result.Status != EnrichmentStatus.NotFound || answers.NotFound.GetValueOrDefault(path), what);
            Assert.True(result.Status == EnrichmentStatus.Found || result.Verdict == Verdict.Unknown, what);
            CheckTexts(result, what);
            if (result.Status == EnrichmentStatus.Found)
            {
                CheckFound(result, path, what);
            }
        }
    }

    private static void CheckFound(EnrichmentResult result, string path, string what)
    {
        Verdict verdict = new FuzzedReport(path).Verdict;
        Assert.True(result.Verdict == verdict || result.Verdict == Verdict.Unknown || (verdict == Verdict.Harmless && result.Verdict == Verdict.Undetected), $"{what}: it is {verdict}");
        string mark = FuzzedReport.MarkOf(path);
        foreach (string text in new[] { result.Registrar, result.AsOwner, result.Name, result.ThreatLabel }.Concat(result.Tags).Concat(result.Categories).OfType<string>())
        {
            Assert.True(!text.StartsWith("of-", StringComparison.Ordinal) || text == mark, $"{what}: {text} is another's");
        }
    }

    private static void CheckTexts(EnrichmentResult result, string what)
    {
        string all = JsonSerializer.Serialize(result with { Report = null });
        Assert.False(all.Contains(HostileTesting.Key, StringComparison.OrdinalIgnoreCase), what + ": the key");
        string[] texts =
        [
            .. new[] { result.Reason, result.Error?.Message, result.Error?.ServiceCode, result.Name, result.ThreatLabel, result.Registrar, result.AsOwner, result.Country, result.Sha256, result.Link }.OfType<string>(),
            .. result.Tags, .. result.Categories,
        ];
        Assert.All(texts, text => Assert.False(text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.Contains(":pw@", StringComparison.Ordinal), what));
    }

    // All kinds of indicators, each with a name of its own in each job.
    private static string Indicator(int seed, int number) => (number % 6) switch
    {
        0 => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {number}"))),
        1 => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {number}")))[..32],
        2 => $"24.{seed & 255}.{number}.7",
        3 => $"2001:4860:{number + 1:x}::{(seed & 0xfff) + 1:x}",
        4 => $"http://host{number}.example.com/{seed}?q=a",
        _ => $"host{number}-{seed}.example.com",
    };

    private static string PathOf(EnrichmentResult result) => VirusTotalAddresses.AddressOf("/api/v3/", IocEnrich.Indicator.Parse(result.Indicator))!;

    private static void InterlockedMax(ref long most, long value)
    {
        for (long seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int set) ? set : otherwise;

    /// <summary>How often what came.</summary>
    private sealed class Tally
    {
        private readonly ConcurrentDictionary<object, int> _counts = new();

        private int _fromCache;

        internal int FromCache => _fromCache;

        internal void Add(EnrichmentResult result)
        {
            _counts.AddOrUpdate(result.Status, 1, static (_, count) => count + 1);
            if (result.Status == EnrichmentStatus.Found)
            {
                _counts.AddOrUpdate(result.Verdict, 1, static (_, count) => count + 1);
            }

            if (result.FromCache)
            {
                Interlocked.Increment(ref _fromCache);
            }
        }

        internal int Of(object what) => _counts.GetValueOrDefault(what);

        public override string ToString() => string.Join(", ", _counts.Select(static entry => $"{entry.Value} {entry.Key}")) + $", {FromCache} from the store";
    }
}
