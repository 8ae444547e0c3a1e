using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Extensions.Time.Testing;
using static IocEnrich.Engine.Tests.Orchestration.ScriptedProvider;

namespace IocEnrich.Engine.Tests.Limiting;

/// <summary>Whole jobs on a fake clock: how fast they go under a quota, and how they bear its end.</summary>
[Collection(Alone.Name)]
public sealed class PacingTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly List<DateTimeOffset> _asked = [];
    private readonly KeyContext _account;
    private readonly EnrichmentOrchestrator _orchestrator;

    public PacingTests()
    {
        _account = new KeyContext(_time);
        _orchestrator = new EnrichmentOrchestrator(timeProvider: _time);
    }

    [Fact]
    public void Two_thousand_indicators_at_four_a_minute_take_five_hundred_minutes_less_the_first_burst()
    {
        EnrichmentJob job = Start(Recording(static (indicator, _) => Found(indicator)), 2_000, new QuotaLimits { RequestsPerDay = 0 });

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        Assert.Equal(2_000, job.TakeAll().Length);
        Assert.InRange(passed, TimeSpan.FromMinutes(499), TimeSpan.FromMinutes(499 * 1.01));
        Assert.Equal(4, LargestWindow());
        Assert.Equal(4, _asked.Count(asked => asked - _asked[0] < TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Eight_jobs_share_a_thousand_a_minute_exactly()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 1_000, RequestsPerDay = 0 };
        ScriptedProvider provider = Recording(static (indicator, _) => Found(indicator));
        EnrichmentJob[] jobs = [.. Enumerable.Range(0, 8).Select(_ => Start(provider, 1_000, limits, throttleLimit: 16, prefix: $"job{_}"))];

        TimeSpan passed = _time.RunUntil(Task.WhenAll(jobs.Select(static job => job.Finished)), Step);

        Assert.InRange(passed, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(7 * 1.01));
        Assert.Equal(1_000, LargestWindow());
    }

    [Fact]
    public void A_job_of_three_does_not_wait_behind_one_of_five_thousand()
    {
        QuotaLimits limits = new() { RequestsPerDay = 0 };
        ScriptedProvider provider = Recording(static (indicator, _) => Found(indicator));
        EnrichmentJob large = Start(provider, 5_000, limits);
        _time.RunUntil(Task.CompletedTask, Step);
        EnrichmentJob small = Start(provider, 3, limits, prefix: "small");

        TimeSpan passed = _time.RunUntil(small.Finished, Step);

        Assert.True(passed <= TimeSpan.FromMinutes(2.1), $"It took {passed}.");
        Assert.True(large.IsRunning);
        large.Stop();
    }

    [Fact]
    public void A_retry_takes_a_permit_like_any_request()
    {
        EnrichmentJob job = Start(
            Recording(static (indicator, attempt) => attempt == 1 ? Failing(FailureScope.Passing) : Found(indicator)), 3, new QuotaLimits());

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        Assert.All(job.TakeAll(), static result => Assert.Equal(2, result.Requests));
        Assert.InRange(passed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(62));
        Assert.Equal(4, LargestWindow());
    }

    [Fact]
    public void A_spent_day_ends_the_job_at_once_and_names_the_time_when_it_resets()
    {
        EnrichmentJob job = Start(
            Recording(static (indicator, _) => Found(indicator)), 100, new QuotaLimits { RequestsPerMinute = 0, RequestsPerDay = 30 });

        _time.RunUntil(job.Finished, Step);

        EnrichmentResult[] results = job.TakeAll();
        Assert.Equal((100, 30), (results.Length, _asked.Count));
        Assert.Equal(30, results.Count(static result => result.Status == EnrichmentStatus.Found));
        EnrichmentProgress progress = job.GetProgress();
        Assert.Equal((EnrichmentJobState.Failed, EnrichmentErrorKind.QuotaExceeded), (progress.State, progress.Error?.Kind));
        Assert.Contains("2026-11-24 00:00 UTC", progress.Error!.Message, StringComparison.Ordinal);
        Assert.All(results.Where(static result => result.Requests == 0), result => Assert.Equal(progress.Error.Message, result.Reason));
    }

    [Fact]
    public void A_job_that_waits_says_for_what_and_until_when()
    {
        EnrichmentJob paced = Start(Recording(static (indicator, _) => Found(indicator)), 100, new QuotaLimits());
        _time.RunUntil(Task.CompletedTask, Step);
        EnrichmentProgress progress = paced.GetProgress();
        Assert.Equal(("the limit per minute", _time.GetUtcNow() + TimeSpan.FromSeconds(60)), (progress.WaitingFor, progress.WaitingUntil));
        paced.Stop();
        _time.RunUntil(paced.Finished, Step);
        Assert.Null(paced.GetProgress().WaitingFor);

        EnrichmentJob refused = _orchestrator.Start(
            Recording(static (_, _) => Failing(FailureScope.Throttled, EnrichmentErrorKind.QuotaExceeded, TimeSpan.FromSeconds(90))), 1, QuotaLimits.None, time: _time);
        refused.AddAll(["a.example.com"]);
        _time.RunUntil(Task.CompletedTask, Step);
        progress = refused.GetProgress();
        Assert.Equal(("the service, which rate limited the key", _time.GetUtcNow() + TimeSpan.FromSeconds(90)), (progress.WaitingFor, progress.WaitingUntil));
        refused.Stop();
    }

    [Fact]
    public void A_new_day_has_a_new_budget()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 0, RequestsPerDay = 30 };
        ScriptedProvider provider = Recording(static (indicator, _) => Found(indicator));
        _time.RunUntil(Start(provider, 30, limits).Finished, Step);
        _time.SetUtcNow(new DateTimeOffset(2026, 11, 24, 0, 0, 1, TimeSpan.Zero));

        EnrichmentJob tomorrow = Start(provider, 30, limits, prefix: "next");
        _time.RunUntil(tomorrow.Finished, Step);

        Assert.Equal(EnrichmentJobState.Completed, tomorrow.GetProgress().State);
    }

    [Fact]
    public void A_refusal_pauses_everybody_on_the_key_for_as_long_as_the_service_asks()
    {
        ScriptedProvider provider = Recording((indicator, attempt) =>
            _asked.Count == 1 ? Failing(FailureScope.Throttled, EnrichmentErrorKind.QuotaExceeded, TimeSpan.FromSeconds(17)) : Found(indicator));
        EnrichmentJob first = Start(provider, 1, QuotaLimits.None);
        _time.RunUntil(Task.CompletedTask, Step);
        EnrichmentJob second = Start(provider, 1, QuotaLimits.None, prefix: "other");

        _time.RunUntil(Task.WhenAll(first.Finished, second.Finished), Step);

        Assert.Equal(3, _asked.Count);
        Assert.All(_asked[1..], asked => Assert.InRange(asked - _asked[0], TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(18)));
        Assert.Equal(2, Assert.Single(first.TakeAll()).Requests);
    }

    [Fact]
    public void A_quota_that_is_gone_ends_the_job_after_one_window_of_waiting_and_a_handful_of_requests()
    {
        EnrichmentJob job = Start(
            Recording((indicator, _) => _asked.Count > 500 ? Failing(FailureScope.Throttled, EnrichmentErrorKind.QuotaExceeded) : Found(indicator)),
            2_000,
            QuotaLimits.None);

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        EnrichmentResult[] results = job.TakeAll();
        Assert.Equal((2_000, 500), (results.Length, results.Count(static result => result.Status == EnrichmentStatus.Found)));
        Assert.InRange(_asked.Count, 502, 505);
        Assert.InRange(passed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(62));
        EnrichmentProgress progress = job.GetProgress();
        Assert.Equal((EnrichmentJobState.Failed, EnrichmentErrorKind.QuotaExceeded), (progress.State, progress.Error?.Kind));
        Assert.Contains("2026-11-24 00:00 UTC", progress.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_asks_for_hours_of_patience_ends_the_job_at_once()
    {
        EnrichmentJob job = Start(
            Recording(static (_, _) => Failing(FailureScope.Throttled, EnrichmentErrorKind.QuotaExceeded, TimeSpan.FromHours(3))), 100, QuotaLimits.None);

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        Assert.Equal(TimeSpan.Zero, passed);
        Assert.InRange(_asked.Count, 1, 4);
        Assert.Contains("2026-11-23 06:00 UTC", job.GetProgress().Error?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 10)]
    [InlineData(4, 200)]
    [InlineData(16, 200)]
    public void A_service_that_is_down_for_minutes_and_comes_back_costs_time_and_at_most_one_indicator(int throttleLimit, int outageSeconds)
    {
        // Sixty go at once and have their answers; the next sixty, a minute later, find the service down.
        TimeSpan backAfter = TimeSpan.FromSeconds(55 + outageSeconds);
        ScriptedProvider provider = Recording((indicator, _) =>
            _asked[^1] - _asked[0] > TimeSpan.FromSeconds(55) && _asked[^1] - _asked[0] < backAfter ? Failing(FailureScope.Passing) : Found(indicator));
        EnrichmentJob job = Start(provider, 200, new QuotaLimits { RequestsPerMinute = 60, RequestsPerDay = 0 }, throttleLimit);

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        EnrichmentResult[] results = job.TakeAll();
        Assert.Equal(200, results.Length);
        Assert.InRange(results.Count(static result => result.Status == EnrichmentStatus.Failed), 0, outageSeconds < 15 ? 0 : 1);
        Assert.All(results, static result => Assert.InRange(result.Requests, 1, 2));
        Assert.Equal(EnrichmentJobState.Completed, job.GetProgress().State);
        Assert.True(passed < TimeSpan.FromSeconds(180 + outageSeconds + 65), $"It took {passed}.");
    }

    [Fact]
    public void A_service_that_does_not_come_back_ends_the_job_after_minutes_of_patience_and_few_requests()
    {
        EnrichmentJob job = Start(Recording((indicator, _) => _asked.Count > 20 ? Failing(FailureScope.Passing) : Found(indicator)), 500, QuotaLimits.None);

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        EnrichmentResult[] results = job.TakeAll();
        Assert.Equal((500, 20), (results.Length, results.Count(static result => result.Status == EnrichmentStatus.Found)));
        Assert.InRange(passed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(7));
        Assert.InRange(_asked.Count, 21, 45);
        EnrichmentProgress progress = job.GetProgress();
        Assert.Equal((EnrichmentJobState.Failed, EnrichmentErrorKind.ServiceDown), (progress.State, progress.Error?.Kind));
    }

    [Fact]
    public void An_endpoint_that_never_answered_as_the_api_is_given_up_within_seconds()
    {
        EnrichmentJob job = Start(Recording(static (_, _) => Failing(FailureScope.Passing, EnrichmentErrorKind.Network)), 500, QuotaLimits.None);

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        Assert.Equal(500, job.TakeAll().Length);
        Assert.True(passed < TimeSpan.FromSeconds(15), $"It took {passed}.");
        Assert.Equal(EnrichmentErrorKind.ServiceDown, job.GetProgress().Error?.Kind);
    }

    [Fact]
    public void A_service_that_fails_every_first_request_is_not_taken_for_one_that_is_down()
    {
        EnrichmentJob job = Start(
            Recording(static (indicator, attempt) => attempt == 1 ? Failing(FailureScope.Passing) : Found(indicator)), 100, QuotaLimits.None);

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        Assert.All(job.TakeAll(), static result => Assert.Equal((EnrichmentStatus.Found, 2), (result.Status, result.Requests)));
        Assert.True(passed < TimeSpan.FromSeconds(45), $"It took {passed}.");
    }

    [Fact]
    public void Random_faults_are_not_taken_for_a_service_that_is_down()
    {
        Random random = new(7);
        EnrichmentJob job = Start(
            Recording((indicator, _) => random.NextDouble() < 0.2 ? Failing(FailureScope.Passing) : Found(indicator)),
            2_000,
            new QuotaLimits { RequestsPerMinute = 1_000, RequestsPerDay = 0 },
            throttleLimit: 64);

        TimeSpan passed = _time.RunUntil(job.Finished, Step);

        EnrichmentResult[] results = job.TakeAll();
        Assert.Equal(2_000, results.Length);
        Assert.InRange(results.Count(static result => result.Status == EnrichmentStatus.Failed), 40, 130);
        Assert.Equal(EnrichmentJobState.Completed, job.GetProgress().State);
        Assert.True(passed < TimeSpan.FromMinutes(3), $"It took {passed}.");
    }

    private EnrichmentJob Start(
        ScriptedProvider provider, int indicators, QuotaLimits limits, int throttleLimit = 4, string prefix = "host")
    {
        EnrichmentJob job = _orchestrator.Start(provider, throttleLimit, limits, _account);
        job.AddAll(Enumerable.Range(0, indicators).Select(number => $"{prefix}{number}.example.com"));
        return job;
    }

    private ScriptedProvider Recording(Func<Indicator, int, LookupOutcome> script) => Answering((indicator, attempt) =>
    {
        lock (_asked)
        {
            _asked.Add(_time.GetUtcNow());
            return script(indicator, attempt);
        }
    });

    private int LargestWindow()
    {
        int largest = 0;
        for (int first = 0, last = 0; last < _asked.Count; last++)
        {
            while (_asked[last] - _asked[first] >= TimeSpan.FromSeconds(60))
            {
                first++;
            }

            largest = Math.Max(largest, last - first + 1);
        }

        return largest;
    }
}
