using System.Text;
using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Extensions.Time.Testing;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>What is known is not asked for again, as long as it is fresh.</summary>
public sealed class JobCacheTests : IAsyncLifetime
{
    private StoreTesting _testing = null!;

    public async Task InitializeAsync() => _testing = await StoreTesting.StartAsync();

    public async Task DisposeAsync() => await _testing.DisposeAsync();

    [Fact]
    public async Task The_same_list_again_asks_for_nothing_and_gives_the_same_results()
    {
        string[] list = ["8.8.8.8", "2001:4860:4860::8888", "example.com", "https://example.org/a?b=c", "44d88612fea8a8f36de82e1278abb02f", "never.example.net"];
        _testing.Server.Answers.Set("never.example.net", EmulatedVerdict.NotFound);
        EnrichmentResult[] first = await _testing.RunAsync(_testing.Open(), list);

        // Opened anew, as the next process would.
        EnrichmentResult[] second = await _testing.RunAsync(_testing.Open(), list);

        Assert.Equal(list.Length, _testing.Server.Requests.Total);
        Assert.All(first, static result => Assert.Equal((false, 1), (result.FromCache, result.Requests)));
        Assert.All(second, static result => Assert.Equal((true, 0), (result.FromCache, result.Requests)));
        Assert.Equal(Comparable(first), Comparable(second));
    }

    [Fact]
    public async Task A_report_is_fresh_for_a_day_and_never_seen_for_four_hours_unless_it_is_set_otherwise()
    {
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        ResultCache store = _testing.Open(time);
        _testing.Server.Answers.Set("never.example.net", EmulatedVerdict.NotFound);
        string[] list = ["example.com", "never.example.net"];
        await _testing.RunAsync(store, list, new JobWishes { Time = time });

        time.Advance(TimeSpan.FromHours(3.9));
        Assert.Equal(["example.com", "never.example.net"], await CachedAsync(new CacheFreshness()));
        time.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal(["example.com"], Known(new CacheFreshness()));
        time.Advance(TimeSpan.FromHours(19.8));
        Assert.Equal(["example.com"], Known(new CacheFreshness()));
        Assert.Equal(["example.com", "never.example.net"], Known(new CacheFreshness { NotFound = TimeSpan.FromDays(1) }));
        time.Advance(TimeSpan.FromHours(0.2));
        Assert.Empty(Known(new CacheFreshness()));
        Assert.Equal(["example.com"], Known(new CacheFreshness { Found = TimeSpan.FromDays(2) }));
        Assert.Empty(Known(new CacheFreshness { Found = TimeSpan.Zero }));

        async Task<string[]> CachedAsync(CacheFreshness ages) =>
            [.. (await _testing.RunAsync(store, list, new JobWishes { Freshness = ages, Time = time })).Where(static result => result.FromCache).Select(static result => result.Indicator).Order(StringComparer.Ordinal)];

        string[] Known(CacheFreshness ages)
        {
            JobCache known = _testing.Cache(store, new JobWishes { Freshness = ages });
            return [.. list.Where(text => known.Find(Indicator.Parse(text)) is not null)];
        }
    }

    [Fact]
    public async Task What_is_asked_anew_replaces_what_was_known()
    {
        ResultCache store = _testing.Open();
        _testing.Server.Answers.Set("example.com", EmulatedVerdict.NotFound);
        await _testing.RunAsync(store, ["example.com"]);
        _testing.Server.Answers.Set("example.com", EmulatedVerdict.Malicious(20));

        EnrichmentResult anew = Assert.Single(await _testing.RunAsync(store, ["example.com"], new JobWishes { Freshness = new CacheFreshness { Found = TimeSpan.Zero } }));
        EnrichmentResult known = Assert.Single(await _testing.RunAsync(store, ["example.com"]));

        Assert.Equal((Verdict.Malicious, false), (anew.Verdict, anew.FromCache));
        Assert.Equal((Verdict.Malicious, true), (known.Verdict, known.FromCache));
        Assert.Equal(1, store.GetStatistics().Entries);
    }

    [Fact]
    public async Task The_answers_of_one_endpoint_are_not_those_of_another()
    {
        ResultCache store = _testing.Open();
        await _testing.RunAsync(store, ["example.com"]);
        await using EmulatorServer another = await EmulatorServer.StartAsync();

        EnrichmentResult result = Assert.Single(await _testing.RunAsync(store, ["example.com"], new JobWishes { Endpoint = another.Endpoint }));

        Assert.False(result.FromCache);
        Assert.Equal(1, another.Requests.Total);
    }

    [Fact]
    public async Task A_known_answer_gets_its_verdict_by_the_thresholds_of_the_job_that_reads_it()
    {
        ResultCache store = _testing.Open();
        _testing.Server.Answers.Set("example.com", EmulatedVerdict.Malicious(4));
        await _testing.RunAsync(store, ["example.com"]);
        JobWishes strict = new() { Thresholds = new VerdictThresholds { Malicious = 5 } };

        // Once while it may still be on its way to the disk, once from there.
        EnrichmentResult early = Assert.Single(await _testing.RunAsync(store, ["example.com"], strict));
        EnrichmentResult late = Assert.Single(await _testing.RunAsync(_testing.Open(), ["example.com"], strict));

        Assert.Equal((Verdict.Suspicious, true), (early.Verdict, early.FromCache));
        Assert.Equal((Verdict.Suspicious, true), (late.Verdict, late.FromCache));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_whole_report_comes_from_the_store_as_the_service_sent_it(bool isGzip)
    {
        const string Body = """{"data":{"id":"example.com","type":"domain","attributes":{"a":1,"A":2,"":3,"reputation":7}}}""";
        if (!isGzip)
        {
            _testing.Server.Answers.SetBody("example.com", 200, Body);
        }

        JobWishes wishes = new() { IncludeReport = true };
        EnrichmentResult sent = Assert.Single(await _testing.RunAsync(_testing.Open(), ["example.com"], wishes));
        EnrichmentResult known = Assert.Single(await _testing.RunAsync(_testing.Open(), ["example.com"], wishes));
        EnrichmentResult without = Assert.Single(await _testing.RunAsync(_testing.Open(), ["example.com"]));

        Assert.Equal(1, _testing.Server.Requests.Total);
        string text = Text(known);
        Assert.Equal(Text(sent), text);
        Assert.Null(without.Report);
        if (isGzip)
        {
            Assert.True(text.Length > 5_000, $"The report has {text.Length} characters.");
        }
        else
        {
            Assert.Equal(Body, text);
        }
    }

    [Fact]
    public async Task An_answer_that_was_kept_without_its_report_is_asked_for_again_where_the_report_is_wanted()
    {
        ResultCache store = _testing.Open();
        await _testing.RunAsync(store, ["example.com"]);
        await store.FlushAsync();
        _testing.Run("UPDATE answers SET report = NULL");

        EnrichmentResult result = Assert.Single(await _testing.RunAsync(_testing.Open(), ["example.com"], new JobWishes { IncludeReport = true }));

        Assert.False(result.FromCache);
        Assert.NotNull(result.Report);
    }

    [Fact]
    public async Task Failures_are_not_kept()
    {
        ResultCache store = _testing.Open();
        _testing.Server.Faults.Add("503");
        await _testing.RunAsync(store, ["example.com"]);
        _testing.Server.Faults.Clear();

        EnrichmentResult result = Assert.Single(await _testing.RunAsync(store, ["example.com"]));

        Assert.Equal((EnrichmentStatus.Found, false), (result.Status, result.FromCache));
    }

    [Fact]
    public async Task A_job_without_the_store_shares_no_request_with_one_that_may_answer_from_it()
    {
        ResultCache store = _testing.Open();
        KeyContext account = new();
        await _testing.RunAsync(store, ["example.com"]);

        EnrichmentResult[] known = await _testing.RunAsync(store, ["example.com"], new JobWishes { KeyContext = account });
        EnrichmentResult[] asked = await _testing.RunAsync(null, ["example.com"], new JobWishes { KeyContext = account });

        Assert.True(Assert.Single(known).FromCache);
        Assert.False(Assert.Single(asked).FromCache);
        Assert.Equal(2, _testing.Server.Requests.Total);
    }

    [Fact]
    public async Task What_another_process_learns_while_an_indicator_waits_for_its_quota_is_not_asked_for()
    {
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        QuotaLimits onePerMinute = new() { RequestsPerMinute = 1, RequestsPerDay = 0 };
        EnrichmentJob job = _testing.Start(_testing.Open(), new JobWishes { KeyContext = new KeyContext(time), Limits = onePerMinute });
        job.AddAll(["first.example.com", "second.example.com"]);
        await job.Results.WaitAsync(0, CancellationToken.None).WaitAsync(JobTesting.Limit);
        string waiting = _testing.Server.Requests.Count("first.example.com") == 1 ? "second.example.com" : "first.example.com";

        await _testing.RunAsync(_testing.Open(), [waiting]);
        while (!job.Finished.IsCompleted)
        {
            // Whether it stands in the line yet is not known: it may take another minute.
            time.Advance(TimeSpan.FromSeconds(61));
            await Task.Yield();
        }

        EnrichmentResult result = Assert.Single(await job.FinishAsync(), result => result.Indicator == waiting);
        Assert.True(result.FromCache);
        Assert.Equal(2, _testing.Server.Requests.Total);
    }

    private static string Text(EnrichmentResult result)
    {
        using Stream json = Assert.IsType<RawReport>(result.Report).OpenRead();
        using StreamReader reader = new(json, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string[] Comparable(EnrichmentResult[] results) =>
    [
        .. results.Select(static result =>
        {
            // The store has milliseconds. The lists compare by reference: their texts are appended.
            EnrichmentResult plain = result with
            {
                FromCache = false,
                Requests = 0,
                Position = 0,
                RetrievedAt = DateTimeOffset.FromUnixTimeMilliseconds(result.RetrievedAt!.Value.ToUnixTimeMilliseconds()),
                Tags = TextList.Empty,
                Categories = TextList.Empty,
            };
            StringBuilder all = new();
            foreach (System.Reflection.PropertyInfo property in typeof(EnrichmentResult).GetProperties())
            {
                all.Append(System.Globalization.CultureInfo.InvariantCulture, $"{property.Name}={property.GetValue(plain)};");
            }

            return $"{all} {result.Tags} {result.Categories}";
        }).Order(StringComparer.Ordinal),
    ];
}
