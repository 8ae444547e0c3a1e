using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Sqlite;
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
        Set("$.Malicious", "0"),
        Set("$.Malicious", "4294967296"),
        Set("$.Malicious", "-1"),
        "status = 2",
        "status = 77",
        "status = 9223372036854775807",
        "retrieved_at = retrieved_at + 1",
        "retrieved_at = 9223372036854775807",
        "retrieved_at = -9223372036854775808",
        "reader = reader + 1",
        "reader = 0",
        "reader = -9223372036854775808",
        "summary = x''",
        "summary = CAST('{}' AS BLOB)",
        "summary = zeroblob(100000)",
        Set("$.Name", "'harmless.txt'"),
        Set("$.Name", "char(27) || '[31m' || char(8238)"),
        Set("$.Link", "'https://example.net'"),
        "checksum = checksum + 1",
        "checksum = 0",
        "indicator = 'b.example.com'",
        "type = 9",
        "report = zeroblob(100)",
        "report = NULL, report_checksum = 0",
        "report_checksum = NULL",
        "report = (SELECT report FROM answers WHERE indicator = 'c.example.com'), report_checksum = (SELECT report_checksum FROM answers WHERE indicator = 'c.example.com')");

    private static string Set(string path, string value) => $"summary = CAST(json_set(CAST(summary AS TEXT), '{path}', {value}) AS BLOB)";

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
        JobCache elsewhere = _testing.Cache(_testing.Open(), new JobWishes { Endpoint = new Uri("https://elsewhere.example") });
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
                await _testing.Cache(store, new JobWishes()).KeepAsync(Indicator.Parse(Name), result, null);
            }

            CachedResult? known = _testing.Cache(_testing.Open(), new JobWishes()).Find(Indicator.Parse(Name));
            Assert.Equal(isFound, known is not null);
            if (known is not null)
            {
                Assert.Equal("\\u{001B}[31mred\\u{202E}", known.Result.Name);
                Assert.Equal("\\u{0007}; plain", known.Result.Tags.ToString());
                Assert.Equal(5_000, known.Result.FinalUrl!.Length);
            }
        }
    }

    [Theory]
    [InlineData("{\"Malicious\":1,\"Harmless\":3}", true)]
    [InlineData("{\"Malicious\":1,\"OfALaterVersion\":{\"a\":[1,null,{}]},\"Another\":[[]],\"Harmless\":3}", true)]
    [InlineData("", false)]
    [InlineData("[]", false)]
    [InlineData("null", false)]
    [InlineData("{", false)]
    [InlineData("{\"Malicious\":1", false)]
    [InlineData("{\"Malicious\":1}{}", false)]
    [InlineData("{\"Malicious\":1,}", false)]
    [InlineData("{\"Malicious\":\"1\"}", false)]
    [InlineData("{\"Malicious\":2147483648}", false)]
    [InlineData("{\"Malicious\":1.5}", false)]
    [InlineData("{\"Malicious\":{}}", false)]
    [InlineData("{\"Malicious\":-1}", false)]
    [InlineData("{\"Name\":7}", false)]
    [InlineData("{\"Name\":\"\\ud800\"}", false)]
    [InlineData("{\"Tags\":\"a\"}", false)]
    [InlineData("{\"Tags\":[\"a\",1]}", false)]
    [InlineData("{\"Size\":9223372036854775808}", false)]
    [InlineData("{\"FirstSeen\":9223372036854775807}", false)]
    [InlineData("{\"Later\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", false)]
    public async Task A_summary_that_no_reader_writes_is_a_miss_though_its_checksum_fits(string summary, bool isFound)
    {
        using (ResultCache store = ResultCache.Open(_testing.File))
        {
            await _testing.RunAsync(store, [Name]);
        }

        string endpoint = _testing.Server.Endpoint.AbsoluteUri.TrimEnd('/');
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(summary);
        CacheKey key = new(new StoredService(1, RowChecksum.OfService("VirusTotal", endpoint)), IndicatorType.Domain, Name);
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        long checksum = key.ChecksumOf(new RowChecksum(), now, (long)EnrichmentStatus.Found, VirusTotalDefinition.Instance.ReaderVersion, bytes);
        _testing.Run($"UPDATE answers SET retrieved_at = {now}, summary = x'{Convert.ToHexString(bytes)}', checksum = {checksum}, report = NULL, report_checksum = NULL");

        CachedResult? known = _testing.Cache(_testing.Open(), new JobWishes()).Find(Indicator.Parse(Name));

        Assert.Equal(isFound, known is not null);
        Assert.Equal(isFound ? Verdict.Suspicious : null, known?.Result.Verdict);
        Assert.Equal(isFound, Assert.Single(await _testing.RunAsync(_testing.Open(), [Name])).FromCache);
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
