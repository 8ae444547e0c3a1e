using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Providers.VirusTotal;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>What a later version of a provider's reader makes of answers that an earlier one has read.</summary>
public sealed class ReaderVersionTests : IAsyncLifetime
{
    private StoreTesting _testing = null!;

    public async Task InitializeAsync() => _testing = await StoreTesting.StartAsync();

    public async Task DisposeAsync() => await _testing.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kept_report_is_read_again_once_without_a_request_and_gives_what_is_new(bool withReport)
    {
        await KeepAsync("example.com", "example.org");
        VersionedReader later = VersionedReader.Later();
        JobWishes wishes = new() { Provider = later, IncludeReport = withReport };

        EnrichmentResult[] first = await _testing.RunAsync(_testing.Open(), ["example.com", "example.org"], wishes);
        EnrichmentResult[] second = await _testing.RunAsync(_testing.Open(), ["example.com", "example.org"], wishes);

        Assert.All(first.Concat(second), result =>
        {
            Assert.Equal(("new", true, 0), (result.Registrar, result.FromCache, result.Requests));
            Assert.Equal(withReport, result.Report is not null);
        });
        Assert.Equal(2, later.Reads);
        Assert.Equal(2, _testing.Server.Requests.Total);

        // The earlier version goes on with what the later one has read.
        Assert.Equal("new", _testing.Cache(_testing.Open(), new JobWishes()).Find(Indicator.Parse("example.com"))!.Result.Registrar);
        Assert.NotNull(_testing.Cache(_testing.Open(), new JobWishes { IncludeReport = true }).Find(Indicator.Parse("example.com"))!.Report);
    }

    [Fact]
    public async Task An_answer_without_a_report_stays_as_it_was_read()
    {
        _testing.Server.Answers.Set("never.example.net", EmulatedVerdict.NotFound);
        await KeepAsync("never.example.net", "example.com");
        _testing.Run("UPDATE answers SET report = NULL, report_checksum = NULL");
        VersionedReader later = VersionedReader.Later();

        EnrichmentResult[] results = await _testing.RunAsync(_testing.Open(), ["never.example.net", "example.com"], new JobWishes { Provider = later });

        Assert.All(results, static result => Assert.True(result.FromCache));
        Assert.DoesNotContain(results, static result => result.Registrar == "new");
        Assert.Equal(0, later.Reads);
    }

    [Fact]
    public async Task What_the_later_version_does_not_take_for_a_report_on_the_indicator_is_looked_up_again()
    {
        await KeepAsync("example.com");

        JobCache known = _testing.Cache(_testing.Open(), new JobWishes { Provider = VersionedReader.Later(static _ => null) });

        Assert.Null(known.Find(Indicator.Parse("example.com")));
    }

    [Fact]
    public async Task Reading_again_makes_an_answer_neither_younger_nor_fresh()
    {
        await KeepAsync("old.example.com", "example.com");
        DateTimeOffset[] before = [.. Times()];
        VersionedReader later = VersionedReader.Later();
        JobWishes wishes = new() { Provider = later };
        ResultCache store = _testing.Open();
        await _testing.RunAsync(store, ["old.example.com"], wishes);
        await store.FlushAsync();

        Assert.Equal(before, Times());
        Assert.Null(_testing.Cache(store, wishes with { Freshness = new CacheFreshness { Found = TimeSpan.Zero } }).Find(Indicator.Parse("example.com")));
        Assert.Equal(1, later.Reads);

        IEnumerable<DateTimeOffset> Times()
        {
            EnrichmentCache cache = _testing.Open().GetStatistics();
            return [cache.Oldest!.Value, cache.Newest!.Value];
        }
    }

    [Fact]
    public async Task A_report_that_was_kept_reads_as_it_did_when_it_came()
    {
        foreach (string text in new[] { "8.8.8.8", "example.com", "https://example.org/a?b=c", "44d88612fea8a8f36de82e1278abb02f" })
        {
            EnrichmentResult sent = Assert.Single(await _testing.RunAsync(null, [text], new JobWishes { IncludeReport = true }));
            RawReport report = Assert.IsType<RawReport>(sent.Report);

            EnrichmentResult read = VirusTotalDefinition.Instance.ReadReport(Indicator.Parse(text), report, sent.RetrievedAt!.Value, VerdictThresholds.Default)!;

            foreach (System.Reflection.PropertyInfo property in typeof(EnrichmentResult).GetProperties())
            {
                if (property.Name is not ("Report" or "Position" or "Occurrences" or "Input" or "Source"))
                {
                    Assert.Equal(property.GetValue(sent)?.ToString(), property.GetValue(read)?.ToString());
                }
            }

            Assert.Null(VirusTotalDefinition.Instance.ReadReport(Indicator.Parse("another.example.net"), report, sent.RetrievedAt!.Value, VerdictThresholds.Default));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not gzip")]
    public void A_report_that_cannot_be_read_is_none(string bytes) =>
        Assert.Null(VirusTotalDefinition.Instance.ReadReport(
            Indicator.Parse("example.com"), new RawReport(System.Text.Encoding.ASCII.GetBytes(bytes)), DateTimeOffset.UnixEpoch, VerdictThresholds.Default));

    private async Task KeepAsync(params string[] list)
    {
        using ResultCache store = ResultCache.Open(_testing.File);
        await _testing.RunAsync(store, list);
    }
}
