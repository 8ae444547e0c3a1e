using IocEnrich.Engine.Caching;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>What is cached is answered whatever ends the job, wherever it stands in the list.</summary>
public sealed class CachedAfterEarlyEndTests : IAsyncLifetime
{
    private const int CachedCount = 34;
    private const int NewCount = 30;

    private static readonly string[] Cached = [.. Enumerable.Range(0, CachedCount).Select(static number => $"cached{number}.example.com")];
    private static readonly string[] New = [.. Enumerable.Range(0, NewCount).Select(static number => $"new{number}.example.com")];

    private StoreTesting _testing = null!;

    public async Task InitializeAsync() => _testing = await StoreTesting.StartAsync();

    public async Task DisposeAsync() => await _testing.DisposeAsync();

    public static TheoryData<string, string, bool> Ends()
    {
        TheoryData<string, string, bool> data = [];
        foreach (string end in new[] { "the day is spent", "the day is spent after two", "the service is down", "the key is refused" })
        {
            foreach (string order in new[] { "cached first", "new first", "mixed" })
            {
                data.Add(end, order, true);
                data.Add(end, order, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_job_that_ends_early_answers_all_that_is_cached(string end, string order, bool withReport)
    {
        ResultCache store = _testing.Open();
        await _testing.RunAsync(store, Cached, new JobWishes { IncludeReport = true });
        QuotaLimits limits = new() { RequestsPerMinute = 0, RequestsPerDay = end switch { "the day is spent" => 1, "the day is spent after two" => 2, _ => 0 } };

        // The pauses of a service that is down grow: the clock is run, and no request is on its way for long.
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        EndingProvider provider = new(end);
        EnrichmentJob job = new EnrichmentOrchestrator(timeProvider: time).Start(
            provider,
            JobTesting.Options(limits: limits, account: new KeyContext(time), time: time) with
            {
                Cache = Task.FromResult<JobCache?>(_testing.Cache(store, new JobWishes { IncludeReport = withReport })),
                ReportForm = withReport ? static report => report : null,
            },
            out _);
        job.AddAll(Ordered(order));
        while (!job.Finished.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        EnrichmentResult[] results = await job.FinishAsync();
        Assert.Equal(CachedCount + NewCount, results.Length);
        Assert.Equal(Cached.Order(StringComparer.Ordinal), results.Where(static result => result.FromCache).Select(static result => result.Indicator).Order(StringComparer.Ordinal));
        Assert.All(results.Where(static result => result.FromCache), result => Assert.Equal((0, withReport && result.Status == EnrichmentStatus.Found), (result.Requests, result.Report is RawReport)));
        Assert.Contains(results, static result => result.Status == EnrichmentStatus.Failed);
        Assert.Equal(EnrichmentJobState.Failed, job.GetProgress().State);
        Assert.Equal(CachedCount, job.GetProgress().FromCache);
        Assert.Equal(results.Sum(static result => result.Requests), provider.Requests);
    }

    [Theory]
    [InlineData("cached first")]
    [InlineData("new first")]
    [InlineData("mixed")]
    public async Task A_job_that_is_stopped_while_it_waits_answers_all_that_is_cached(string order)
    {
        ResultCache store = _testing.Open();
        await _testing.RunAsync(store, Cached);
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        QuotaLimits onePerMinute = new() { RequestsPerMinute = 1, RequestsPerDay = 0 };
        EnrichmentJob job = _testing.Start(store, new JobWishes { Limits = onePerMinute, KeyContext = new KeyContext(time), Time = time });
        job.AddAll(Ordered(order));
        await job.Results.WaitAsync(0, CancellationToken.None).WaitAsync(JobTesting.Limit);

        job.Stop();
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(CachedCount, results.Count(static result => result.FromCache));
        Assert.Contains(results, static result => result.Error?.Kind == EnrichmentErrorKind.Stopped);
        Assert.Equal(CachedCount + NewCount, results.Length);
        Assert.Equal(EnrichmentJobState.Stopped, job.GetProgress().State);
    }

    [Fact]
    public async Task What_is_cached_but_not_fresh_enough_is_not_answered()
    {
        ResultCache store = _testing.Open();
        await _testing.RunAsync(store, Cached);
        _testing.Server.Faults.Add("401");

        EnrichmentResult[] results = await _testing.RunAsync(store, Ordered("mixed"), new JobWishes { Freshness = new CacheFreshness { Found = TimeSpan.Zero } });

        Assert.All(results, static result => Assert.Equal(EnrichmentStatus.Failed, result.Status));
    }

    private static string[] Ordered(string order) => order switch
    {
        "cached first" => [.. Cached, .. New],
        "new first" => [.. New, .. Cached],
        _ => [.. Cached.Take(3), .. New.Take(2), .. Cached.Skip(3).Take(20), .. New.Skip(2), .. Cached.Skip(23)],
    };

    /// <summary>A service that ends jobs in one way or another, at once.</summary>
    private sealed class EndingProvider(string end) : IIndicatorProvider
    {
        private int _requests;

        public string Name => "VirusTotal";

        internal int Requests => _requests;

        public ValueTask<LookupOutcome> LookUpAsync(Indicator indicator, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            return ValueTask.FromResult(end switch
            {
                "the service is down" => ScriptedProvider.Failing(FailureScope.Passing),
                "the key is refused" => ScriptedProvider.Failing(FailureScope.Job, EnrichmentErrorKind.KeyRefused),
                _ => ScriptedProvider.Found(indicator),
            });
        }
    }
}
