using System.Globalization;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>A store of an earlier version becomes one of this when it is opened, and keeps what it knows.</summary>
public sealed class MigrationTests : IAsyncLifetime
{
    // {} in gzip.
    private const string Report = "1F8B0800000000000003ABAE0500 43BFA6A3 02000000";

    // The last version that had a column for each value, and the first that had checksums.
    private const int Checked = 3;

    // The rows that migrate were read by it.
    private static readonly JobWishes First = new() { Provider = VersionedReader.First };

    private static readonly long Day = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 86_400_000;

    private StoreTesting _testing = null!;

    public async Task InitializeAsync() => _testing = await StoreTesting.StartAsync();

    public async Task DisposeAsync() => await _testing.DisposeAsync();

    public static TheoryData<int> EarlierVersions() => new(Enumerable.Range(1, StoreSchema.Version - 1));

    [Theory]
    [MemberData(nameof(EarlierVersions))]
    public async Task A_store_of_each_earlier_version_keeps_its_answers_their_reports_their_order_and_the_count_of_the_day(int version)
    {
        Begin(version);

        // Both at once, as two processes that were updated together might.
        ResultCache[] stores = await Task.WhenAll(Task.Run(() => ResultCache.Open(_testing.File)), Task.Run(() => ResultCache.Open(_testing.File)));

        foreach (ResultCache store in stores)
        {
            using (store)
            {
                JobCache known = _testing.Cache(store, First with { IncludeReport = true });
                CachedResult full = known.Find(Indicator.Parse("full.example.com"))!;
                Assert.Equal(
                    "Found Malicious 7/10 Grüße \"<&>|label|a; b|x|-5|2020-09-13T12:26:40|2001-09-09T01:46:40|exe|123456789012|aa|DE|64500|owner|192.0.2.0/24|registrar|https://e.example/|200|https://link.example/x|VirusTotal|True",
                    Show(full.Result));
                Assert.NotNull(full.Report);
                Assert.Equal("Found Unknown  ||||||||||||||||||VirusTotal|True", Show(_testing.Cache(store, First).Find(Indicator.Parse("empty.example.com"))!.Result));
                Assert.Equal(EnrichmentStatus.NotFound, known.Find(Indicator.Parse("never.example.com"))!.Result.Status);
                Assert.Equal(3, store.GetStatistics().Entries);
                Assert.True(store.GetStatistics().Oldest < store.GetStatistics().Newest);
                if (version > 1)
                {
                    using LedgerTables ledger = new(store.File.Connect());
                    ledger.ChooseAccount([9]);
                    Assert.Equal(42, ledger.UsedOn(Day));
                }
            }
        }

        // An answer that comes now takes the next number, and its row's place.
        using ResultCache used = ResultCache.Open(_testing.File);
        await _testing.RunAsync(used, ["full.example.com"], First with { Freshness = new CacheFreshness { Found = TimeSpan.Zero } });
        Assert.Equal(3, used.GetStatistics().Entries);
    }

    [Theory]
    [InlineData("malicious = 0")]
    [InlineData("name = 'harmless'")]
    [InlineData("name = CAST(x'ff' AS TEXT)")]
    [InlineData("retrieved_at = retrieved_at + 1")]
    [InlineData("indicator = 'other.example.com'")]
    [InlineData("service = 2")]
    [InlineData("service = 77")]
    [InlineData("checksum = 0")]
    [InlineData("report = zeroblob(10)")]
    [InlineData("report_checksum = NULL")]
    public async Task A_row_that_is_damaged_is_left_behind_and_looked_up_again(string damage)
    {
        Begin(Checked);
        _testing.Run($"PRAGMA foreign_keys = OFF; UPDATE answers SET {damage} WHERE indicator = 'full.example.com'");

        ResultCache store = _testing.Open();

        Assert.Equal(2, store.GetStatistics().Entries);
        Assert.Null(_testing.Cache(store, First).Find(Indicator.Parse("full.example.com")));
        Assert.Null(_testing.Cache(store, First).Find(Indicator.Parse("other.example.com")));
        EnrichmentResult[] results = await _testing.RunAsync(store, ["full.example.com", "never.example.com"], First);
        Assert.Equal([false, true], results.OrderBy(static result => result.Indicator, StringComparer.Ordinal).Select(static result => result.FromCache));
    }

    [Fact]
    public void A_program_of_the_version_before_that_still_runs_does_not_set_the_store_aside()
    {
        _testing.Open().Dispose();
        _testing.Run($"DROP TABLE answers; PRAGMA user_version = {StoreSchema.Version + 1}; UPDATE counters SET value = {StoreSchema.Version + 1} WHERE name = '{StoreMark.Text}'");
        using SqliteConnection connection = new($"Data Source={_testing.File};Pooling=False");
        connection.Open();

        Assert.True(StoreSchema.IsWhole(connection));
    }

    private static string Show(EnrichmentResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Status} {result.Verdict} {result.Detections} {result.Name}|{result.ThreatLabel}|{result.Tags}|{result.Categories}|{result.Reputation}|{result.LastAnalysisDate:s}|{result.FirstSeen:s}|{result.FileType}|{result.Size}|{result.Sha256}|{result.Country}|{result.Asn}|{result.AsOwner}|{result.Network}|{result.Registrar}|{result.FinalUrl}|{result.HttpStatus}|{result.Link}|{result.Provider}|{result.FromCache}");

    /// <summary>Writes a store as it was in an earlier version.</summary>
    private void Begin(int version)
    {
        File.WriteAllBytes(_testing.File, []);
        Migrate(Math.Min(version, Checked - 1));
        string endpoint = _testing.Server.Endpoint.AbsoluteUri.TrimEnd('/');
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        int domain = (int)IndicatorType.Domain;
        _testing.Run(
            $"""
            INSERT INTO services (provider, endpoint) VALUES ('VirusTotal', '{endpoint}'), ('Other', '{endpoint}');
            INSERT INTO answers (id, service, type, indicator, retrieved_at, status, malicious, suspicious, harmless, undetected, name, threat_label, tags,
                categories, reputation, last_analysis_date, first_seen, file_type, size, sha256, country, asn, as_owner, network, registrar, final_url,
                http_status, link, report)
            VALUES (5, 1, {domain}, 'full.example.com', {now - 2000}, {(int)EnrichmentStatus.Found}, 7, 0, 1, 2, 'Grüße "<&>', 'label', 'a' || char(10) || 'b',
                'x', -5, 1600000000000, 1000000000000, 'exe', 123456789012, 'aa', 'DE', 64500, 'owner', '192.0.2.0/24', 'registrar', 'https://e.example/',
                200, 'https://link.example/x', X'{Report.Replace(" ", "", StringComparison.Ordinal)}');
            INSERT INTO answers (id, service, type, indicator, retrieved_at, status) VALUES
                (7, 1, {domain}, 'empty.example.com', {now - 1000}, {(int)EnrichmentStatus.Found}),
                (9, 1, {domain}, 'never.example.com', {now}, {(int)EnrichmentStatus.NotFound});
            """);
        if (version > 1)
        {
            _testing.Run($"INSERT INTO ledger_days (account, day, used) VALUES (1, {Day}, 42)");
        }

        Migrate(version);
    }

    private void Migrate(int version)
    {
        using SqliteConnection connection = new($"Data Source={_testing.File};Pooling=False");
        connection.Open();
        StoreSchema.Migrate(connection, version);
    }
}
