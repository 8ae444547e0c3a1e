using System.Globalization;
using System.Text;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Sqlite;
using IocEnrich.Engine.Tests.Orchestration;
using VirusTotal.Emulator;
using Xunit.Abstractions;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>
/// A store in which one bit is not what it was: each answer is as it was, or a miss that is asked again, or the store is set aside with a
/// warning. IOCENRICH_FLIPS says how many bits; the seed is in the output.
/// </summary>
public sealed class BitFlipTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Used = 7;

    private static readonly byte[] Account = [1, 2, 3];
    private static readonly int Flips = int.TryParse(Environment.GetEnvironmentVariable("IOCENRICH_FLIPS"), out int set) ? set : 200;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("IOCENRICH_SEED"), out int set) ? set : Environment.TickCount;

    private static readonly string[] List =
    [
        "8.8.8.8", "2001:4860:4860::8888", "44d88612fea8a8f36de82e1278abb02f", "https://example.org/a?b=c", "never.example.net",
        .. Enumerable.Range(0, 20).Select(JobTesting.Domain),
    ];

    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private StoreTesting _testing = null!;

    public async Task InitializeAsync() => _testing = await StoreTesting.StartAsync();

    public async Task DisposeAsync() => await _testing.DisposeAsync();

    [Fact]
    public async Task One_bit_that_is_not_what_it_was_makes_no_answer_a_wrong_one()
    {
        _testing.Server.Answers.Set("never.example.net", EmulatedVerdict.NotFound);
        using (ResultCache store = ResultCache.Open(_testing.File))
        {
            await _testing.RunAsync(store, List, new JobWishes { IncludeReport = true });
            using SqliteLedger ledger = Ledger(store);
            ledger.Exchange(new LedgerReport
            {
                Answered = new Dictionary<long, int>(),
                Held = 0,
                DayChanges = new Dictionary<int, int>(),
                Wanted = Used,
                Limits = new QuotaLimits { RequestsPerMinute = 0 },
            });
        }

        byte[] sound = File.ReadAllBytes(_testing.File);
        Dictionary<string, string> right = List.ToDictionary(static text => text, _ => "");
        using (ResultCache store = ResultCache.Open(_testing.File))
        {
            JobCache known = _testing.Cache(store, new JobWishes { IncludeReport = true });
            Array.ForEach(List, text => right[text] = Show(known.Find(Indicator.Parse(text))!));
        }

        Random random = new(Seed);
        for (int flip = 0; flip < Flips; flip++)
        {
            // Every other among the tables and their indexes, which are a small part of the file.
            int bit = random.Next((flip % 2 == 0 ? Math.Min(sound.Length, 64 * 1024) : sound.Length) * 8);
            string folder = Directory.CreateDirectory(Path.Combine(_testing.Folder, "flip")).FullName;
            string file = Path.Combine(folder, "store.db");
            byte[] flipped = [.. sound];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(file, flipped);
            try
            {
                await LookAsync(file, right);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Bit {bit % 8} of byte {bit / 8} (seed {Seed}): {exception}");
            }

            Directory.Delete(folder, recursive: true);
        }

        output.WriteLine($"{Flips} single bits of {sound.Length} bytes, seed {Seed}: "
            + string.Join(", ", _outcomes.Select(static outcome => $"{outcome.Value} {outcome.Key}")));
        Assert.Equal(Flips, _outcomes.Values.Sum());
    }

    private async Task LookAsync(string file, Dictionary<string, string> right)
    {
        ResultCache store = ResultCache.Open(file);
        try
        {
            string? notice = store.TakeNotice();
            Assert.Equal(notice is not null, IsSetAside(file));
            (int misses, List<(Indicator, CachedResult)> found) = Compare(store, right);
            if (store.Problem is null)
            {
                Assert.InRange(UsedToday(store), 0, Used);
                await UseAsync(store, right, found);
            }

            Count(notice is not null ? "set aside on opening" : store.Problem is not null ? "set aside in use" : misses > 0 ? "missed" : "right");
            if (store.Problem is { } problem)
            {
                Assert.Contains("renamed to", problem, StringComparison.Ordinal);
            }
        }
        catch (StoreUnusableException unusable) when (store.Problem is not null)
        {
            Assert.Contains("renamed to", unusable.Message, StringComparison.Ordinal);
            Assert.True(IsSetAside(file));
            Count("set aside in use");
        }
        finally
        {
            store.Dispose();
        }
    }

    // What was missed is asked again, and kept; and the store is looked at and cleared.
    private async Task UseAsync(ResultCache store, Dictionary<string, string> right, List<(Indicator, CachedResult)> found)
    {
        JobCache known = _testing.Cache(store, new JobWishes { IncludeReport = true });
        foreach ((Indicator indicator, CachedResult answer) in found.Where(static item => item.Item2.Report is not null))
        {
            await known.KeepAsync(indicator, answer.Result, answer.Report);
        }

        await store.FlushAsync();
        if (store.Problem is null)
        {
            Compare(store, right);
            store.GetStatistics();
            store.Clear();
        }
    }

    private (int Misses, List<(Indicator, CachedResult)> Found) Compare(ResultCache store, Dictionary<string, string> right)
    {
        int misses = 0;
        List<(Indicator, CachedResult)> found = [];
        JobCache withReports = _testing.Cache(store, new JobWishes { IncludeReport = true });
        JobCache without = _testing.Cache(store, new JobWishes());
        foreach ((JobCache known, bool withReport) in (ReadOnlySpan<(JobCache, bool)>)[(withReports, true), (without, false)])
        {
            foreach (string text in List)
            {
                Indicator indicator = Indicator.Parse(text);
                CachedResult? answer = known.Find(indicator);
                if (answer is null)
                {
                    misses++;
                    continue;
                }

                string shown = Show(answer);
                Assert.True(withReport ? shown == right[text] : right[text].StartsWith(shown, StringComparison.Ordinal), $"{shown} instead of {right[text]}");
                found.Add((indicator, answer));
            }
        }

        return (misses, found);
    }

    private static int UsedToday(ResultCache store)
    {
        using SqliteLedger ledger = Ledger(store);
        try
        {
            return ledger.Read().Today;
        }
        catch (StoreUnusableException)
        {
            // The job is paced by its own process's count then.
            return 0;
        }
    }

    private static SqliteLedger Ledger(ResultCache store) => new(store.File, Account, TimeProvider.System);

    private static bool IsSetAside(string file) => Directory.GetFiles(Path.GetDirectoryName(file)!, "*.corrupt-*").Length > 0;

    private void Count(string outcome) => _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;

    private static string Show(CachedResult answer)
    {
        StringBuilder all = new();
        foreach (System.Reflection.PropertyInfo property in typeof(EnrichmentResult).GetProperties())
        {
            all.Append(CultureInfo.InvariantCulture, $"{property.Name}={property.GetValue(answer.Result)};");
        }

        return all.Append(answer.Report is null ? "" : TextOf(answer.Report)).ToString();
    }

    private static string TextOf(RawReport report)
    {
        using StreamReader reader = new(report.OpenRead(), Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
