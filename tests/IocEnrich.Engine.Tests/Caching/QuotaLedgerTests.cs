using System.Security.Cryptography;
using System.Text;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Sqlite;
using IocEnrich.Engine.Tests.Limiting;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>The ledger's file: what stands in it, and what happens where it cannot be used.</summary>
public sealed class QuotaLedgerTests : IDisposable
{
    private static readonly QuotaLimits Hundred = new() { RequestsPerMinute = 100, RequestsPerDay = 0 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("IocEnrich.Ledger.");
    private readonly FakeTimeProvider _time = LedgerMachine.NewClock();
    private readonly List<SqliteLedger> _ledgers = [];
    private readonly StoreFile _store;

    public QuotaLedgerTests() => _store = StoreFile.Open(Path.Combine(_folder.FullName, "store.db"));

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Dispose()
    {
        _ledgers.ForEach(static ledger => ledger.Dispose());
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_key_is_nowhere_in_the_file_and_neither_is_its_plain_hash()
    {
        const string Key = "0123456789abcdef-a-key-for-the-tests";
        Assert.True(ApiKey.TryCreate(Key, out ApiKey? key, out _));
        using ResultCache store = ResultCache.Open(_store.Path);
        KeyContext account = KeyContexts.Of(VirusTotalDefinition.Instance.Endpoint, key, store);

        Assert.NotNull(account.ReadLedger());

        Assert.Equal(1, Ask("SELECT count(*) FROM ledger_accounts"));
        string text = string.Concat(_folder.GetFiles().Select(static file => Latin1(file.FullName)));
        Assert.DoesNotContain(Key, text, StringComparison.OrdinalIgnoreCase);
        foreach (string secret in (string[])[Key, $"{VirusTotalDefinition.Instance.Endpoint}\n{Key}"])
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
            Assert.DoesNotContain(Encoding.Latin1.GetString(hash), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(hash), text, StringComparison.OrdinalIgnoreCase);
        }

        account.Limiter.Settle();
    }

    [Fact]
    public void Two_keys_have_a_window_and_a_day_each()
    {
        SqliteLedger one = Open(1);
        SqliteLedger other = Open(2);
        one.Exchange(Report(wanted: 100));
        Assert.Equal(0, Open(1).Exchange(Report(wanted: 1)).Granted);

        Assert.Equal(100, other.Exchange(Report(wanted: 100)).Granted);
        Assert.Equal((0, 100), other.Read());
    }

    [Fact]
    public void An_exchange_grants_what_is_left_and_says_when_there_is_more()
    {
        SqliteLedger first = Open();
        first.Exchange(Report(wanted: 30));
        first.Exchange(Report(answered: new() { [Now] = 10, [Now + 5_000] = 20 }));
        SqliteLedger second = Open();
        second.Exchange(Report(wanted: 60));

        LedgerReply last = Open().Exchange(Report(wanted: 25));

        // 30 answered and 60 under way: ten are left, and the next is free when the first answer leaves the window.
        Assert.Equal((10, TimeSpan.FromSeconds(60), true), (last.Granted, last.NextFree, last.OthersHold));
    }

    [Fact]
    public void What_has_left_the_window_leaves_the_file()
    {
        SqliteLedger ledger = Open();
        ledger.Exchange(Report(answered: Enumerable.Range(0, 600).ToDictionary(step => Now + (100L * step), static _ => 7)));
        Assert.Equal(600, Ask("SELECT count(*) FROM ledger_answers"));

        _time.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal((0, 0), ledger.Read());

        Assert.Equal(0, Ask("SELECT count(*) FROM ledger_answers"));
        Assert.Equal(0, Ask("SELECT count(*) FROM ledger_holders"));
    }

    /// <summary>It takes the five seconds that a locked file is waited for.</summary>
    [Fact]
    public async Task A_file_that_stays_locked_is_named_and_the_job_goes_on_without_it()
    {
        using SqliteConnection other = _store.Connect();
        using SqliteCommand command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        KeyContext account = new();
        account.Limiter.Attach(Open());
        EnrichmentJob job = new EnrichmentOrchestrator().Start(
            ScriptedProvider.Answering(static (indicator, _) => ScriptedProvider.Found(indicator)), limits: Hundred, account: account);
        job.AddAll(["a.example.com", "b.example.com"]);

        EnrichmentResult[] results = await job.FinishAsync();

        Assert.All(results, static result => Assert.Equal(EnrichmentStatus.Found, result.Status));
        Assert.Contains("locked", account.LedgerProblem, StringComparison.Ordinal);
        Assert.Contains(_store.Path, account.LedgerProblem, StringComparison.Ordinal);
    }

    private static LedgerReport Report(int wanted = 0, Dictionary<long, int>? answered = null) => new()
    {
        Answered = answered ?? [],
        Held = 0,
        DayChanges = new Dictionary<int, int>(),
        Wanted = wanted,
        Limits = Hundred,
    };

    // A reader that lets others read and write: SQLite has the file open.
    private static string Latin1(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private SqliteLedger Open(byte identity = 1)
    {
        SqliteLedger ledger = new(_store, [identity], _time);
        _ledgers.Add(ledger);
        return ledger;
    }

    private long Ask(string sql)
    {
        using SqliteConnection connection = _store.Connect();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
