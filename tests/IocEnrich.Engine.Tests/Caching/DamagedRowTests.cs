using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>A row that is not as it was written is not believed: it is a miss, and the indicator is asked again.</summary>
public sealed class DamagedRowTests : IAsyncLifetime
{
    private const string Name = "a.example.com";

    private StoreTesting _testing = null!;

    public async Task InitializeAsync() => _testing = await StoreTesting.StartAsync();

    public async Task DisposeAsync() => await _testing.DisposeAsync();

    public static TheoryData<string> Changes() => new(
        "malicious = 0, suspicious = 0, harmless = 70",
        "malicious = NULL",
        "malicious = 4294967296",
        "malicious = -1",
        "status = 2",
        "status = 77",
        "status = 9223372036854775807",
        "retrieved_at = retrieved_at + 1",
        "retrieved_at = 9223372036854775807",
        "retrieved_at = -9223372036854775808",
        "last_analysis_date = 9223372036854775807",
        "first_seen = -9223372036854775808",
        "reputation = 2147483648",
        "http_status = -2147483649",
        "size = 1",
        "name = 'harmless.txt'",
        "name = char(27) || '[31m' || char(8238)",
        "name = NULL, threat_label = ''",
        "tags = 'a' || char(10) || 'b'",
        "link = 'https://example.net'",
        "sha256 = 'x'",
        "checksum = checksum + 1",
        "checksum = 0",
        "indicator = 'b.example.com'",
        "type = 9",
        "report = zeroblob(100)",
        "report = NULL, report_checksum = 0",
        "report_checksum = NULL",
        "report = (SELECT report FROM answers WHERE indicator = 'c.example.com'), report_checksum = (SELECT report_checksum FROM answers WHERE indicator = 'c.example.com')");

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_a_row_says_that_was_changed_is_not_believed_but_asked_again(string change)
    {
        JobWishes wishes = new() { IncludeReport = true };
        using (ResultCache store = ResultCache.Open(_testing.File))
        {
            await _testing.RunAsync(store, [Name, "c.example.com"], wishes);
        }

        _testing.Run($"UPDATE answers SET {change} WHERE indicator = '{Name}'");
        ResultCache changed = _testing.Open();
        EnrichmentResult[] results = await _testing.RunAsync(changed, [Name, "b.example.com", "c.example.com"], wishes);

        Assert.Equal([false, false, true], results.OrderBy(static result => result.Indicator, StringComparer.Ordinal).Select(static result => result.FromCache));
        Assert.All(results, static result => Assert.Null(result.Error));
        Assert.Null(changed.Problem);
        Assert.All(await _testing.RunAsync(_testing.Open(), [Name, "b.example.com"], wishes), static result => Assert.True(result.FromCache));
    }

    [Fact]
    public async Task What_belongs_to_another_endpoint_is_not_believed_though_its_number_says_so()
    {
        using (ResultCache store = ResultCache.Open(_testing.File))
        {
            await _testing.RunAsync(store, [Name]);
        }

        _testing.Run("UPDATE services SET endpoint = 'https://elsewhere.example'");

        Assert.False(Assert.Single(await _testing.RunAsync(_testing.Open(), [Name])).FromCache);
        JobCache elsewhere = _testing.Known(_testing.Open(), new JobWishes { Endpoint = new Uri("https://elsewhere.example") });
        Assert.Null(elsewhere.Find(Indicator.Parse(Name)));
    }

    [Fact]
    public async Task Values_that_no_answer_has_are_a_miss_though_they_add_up_and_texts_are_cleaned_when_they_are_read()
    {
        EnrichmentResult sound = new()
        {
            Indicator = Name,
            Type = IndicatorType.Domain,
            Status = EnrichmentStatus.Found,
            Malicious = 1,
            Suspicious = 0,
            Harmless = 2,
            Undetected = 3,
            RetrievedAt = DateTimeOffset.UtcNow,
        };
        (EnrichmentResult Result, bool IsFound)[] cases =
        [
            (sound with { Name = "\u001b[31mred\u202e", Tags = new TextList(["\u0007", "plain"]), FinalUrl = new string('x', 5_000) }, true),
            (sound with { Malicious = -1 }, false),
            (sound with { Undetected = int.MaxValue }, false),
            (sound with { Status = EnrichmentStatus.Failed }, false),
            (sound with { Status = (EnrichmentStatus)99 }, false),
            (sound with { RetrievedAt = null }, false),
        ];
        foreach ((EnrichmentResult result, bool isFound) in cases.Where(static item => item.Result.RetrievedAt is not null))
        {
            using (ResultCache store = ResultCache.Open(_testing.File))
            {
                await _testing.Known(store, new JobWishes()).KeepAsync(Indicator.Parse(Name), result, null);
            }

            CachedResult? known = _testing.Known(_testing.Open(), new JobWishes()).Find(Indicator.Parse(Name));
            Assert.Equal(isFound, known is not null);
            if (known is not null)
            {
                Assert.Equal("\\u{001B}[31mred\\u{202E}", known.Result.Name);
                Assert.Equal("\\u{0007}; plain", known.Result.Tags.ToString());
                Assert.Equal(5_000, known.Result.FinalUrl!.Length);
            }
        }
    }

    [Fact]
    public async Task A_file_of_before_the_checksums_keeps_all_it_knows()
    {
        File.WriteAllBytes(_testing.File, []);
        using (SqliteConnection connection = new($"Data Source={_testing.File};Pooling=False"))
        {
            connection.Open();
            StoreSchema.Migrate(connection, upTo: 2);
        }

        string report = "1F8B0800000000000003AB562A492CC9CF53B252A8AE05000E5D29AD0D000000";
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        long day = now / 86_400_000;
        _testing.Run(
            $"""
            INSERT INTO services (provider, endpoint) VALUES ('VirusTotal', '{_testing.Server.Endpoint.AbsoluteUri.TrimEnd('/')}');
            INSERT INTO answers (service, type, indicator, retrieved_at, status, malicious, suspicious, harmless, undetected, name, tags, asn, report)
            VALUES (1, {(int)IndicatorType.Domain}, '{Name}', {now}, {(int)EnrichmentStatus.Found}, 7, 0, 1, 2, 'Grüße', 'a' || char(10) || 'b', 64500, X'{report}'),
                (1, {(int)IndicatorType.Domain}, 'b.example.com', {now}, {(int)EnrichmentStatus.NotFound}, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            INSERT INTO ledger_days (account, day, used) VALUES (1, {day}, 42);
            """);

        ResultCache store = _testing.Open();

        CachedResult known = _testing.Known(store, new JobWishes { IncludeReport = true }).Find(Indicator.Parse(Name))!;
        Assert.Equal(("Grüße", 7, 64500L, "a; b", Verdict.Malicious), (known.Result.Name, known.Result.Malicious, known.Result.Asn, known.Result.Tags.ToString(), known.Result.Verdict));
        Assert.NotNull(known.Report);
        EnrichmentResult[] results = await _testing.RunAsync(store, [Name, "b.example.com"]);
        Assert.All(results, static result => Assert.True(result.FromCache));
        using LedgerTables ledger = new(store.File.Connect());
        ledger.ChooseAccount([9]);
        Assert.Equal(42, ledger.UsedOn(day));
    }

    public static TheoryData<string, int> DamageInTheLedger()
    {
        string[] changes =
        [
            "UPDATE ledger_days SET used = 1000000",
            "UPDATE ledger_days SET used = 9223372036854775807",
            "UPDATE ledger_days SET used = -5",
            "UPDATE ledger_days SET checksum = NULL",
            "UPDATE ledger_holders SET held = 9223372036854775807, alive_at = 9223372036854775807",
            "UPDATE ledger_holders SET held = -9223372036854775808, alive_at = -9223372036854775808",
            "UPDATE ledger_answers SET count = 9223372036854775807",
            "UPDATE ledger_answers SET count = -9223372036854775808",
            "UPDATE ledger_answers SET at_ms = 9223372036854775807 WHERE at_ms = (SELECT max(at_ms) FROM ledger_answers)",
            "UPDATE ledger_answers SET at_ms = -9223372036854775808, count = -1 WHERE at_ms = (SELECT max(at_ms) FROM ledger_answers)",
        ];
        TheoryData<string, int> cases = [];
        foreach (string change in changes)
        {
            foreach (int nextAnswer in (int[])[-1, 0, 5, 6])
            {
                cases.Add(change, nextAnswer);
            }
        }

        return cases;
    }

    /// <remarks>The next answer comes at a moment that has a damaged row, and at one that has none.</remarks>
    [Theory]
    [MemberData(nameof(DamageInTheLedger))]
    public void What_is_damaged_in_the_ledger_neither_spends_a_day_nor_fails(string change, int nextAnswer)
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        using ResultCache store = ResultCache.Open(_testing.File);
        QuotaLimits limits = new() { RequestsPerMinute = 0, RequestsPerDay = 500 };
        using (SqliteLedger other = new(store.File, [1], time))
        {
            other.Exchange(Report(limits, now));
            other.Exchange(Report(limits, now + 5));
        }

        _testing.Run(change);

        using SqliteLedger ledger = new(store.File, [1], time);
        Assert.InRange(ledger.Read().Today, 0, 20);
        LedgerReply reply = ledger.Exchange(Report(limits, now + nextAnswer));
        Assert.Equal((10, false), (reply.Granted, reply.IsDaySpent));
        Assert.InRange(ledger.Read().Today, 10, 30);
    }

    private static LedgerReport Report(QuotaLimits limits, long answeredAt) => new()
    {
        Answered = new Dictionary<long, int> { [answeredAt] = 3 },
        Held = 2,
        DayChanges = new Dictionary<int, int>(),
        Wanted = 10,
        Limits = limits,
    };
}
