using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Extensions.Time.Testing;
using static IocEnrich.Engine.Tests.Orchestration.ScriptedProvider;

namespace IocEnrich.Engine.Tests.Limiting;

/// <summary>What a job says of its pace and its end, and what then came true, on a fake clock.</summary>
[Collection(Alone.Name)]
public sealed class ForecastTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly ScriptedProvider _provider = Answering(static (indicator, _) => Found(indicator));
    private readonly KeyContext _account;
    private readonly EnrichmentOrchestrator _orchestrator;

    public ForecastTests()
    {
        _account = new KeyContext(_time);
        _orchestrator = new EnrichmentOrchestrator(timeProvider: _time);
    }

    [Fact]
    public void The_end_is_known_as_soon_as_the_first_burst_is_over_and_comes_true()
    {
        EnrichmentJob job = Start(200, new QuotaLimits { RequestsPerDay = 0 });
        EnrichmentProgress early = Wait(TimeSpan.FromSeconds(1));

        _time.RunUntil(job.Finished, Step);

        Assert.Equal((4, 4d, null, 0), (early.Done, early.ResultsPerMinute, early.RequestsLeftToday, early.BeyondBudget));
        AssertNear(job.GetProgress().EndTime, early.EstimatedEnd);

        EnrichmentProgress Wait(TimeSpan time)
        {
            _time.RunUntil(Task.CompletedTask, Step);
            _time.Advance(time);
            return job.GetProgress();
        }
    }

    [Theory]
    [InlineData("2026-11-23T03:00:00Z", 600)]
    [InlineData("2026-11-23T23:30:00Z", 400)]
    [InlineData("2026-11-23T23:30:00Z", 700)]
    public void A_days_budget_that_does_not_suffice_is_foreseen_with_the_time_and_the_number(string start, int indicators)
    {
        _time.SetUtcNow(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        EnrichmentJob job = Start(indicators, new QuotaLimits());
        _time.RunUntil(Task.CompletedTask, Step);
        EnrichmentProgress early = job.GetProgress();

        _time.RunUntil(job.Finished, TimeSpan.FromSeconds(1));

        // Each window is a little longer than a minute, by the time until somebody looks at the clock: one burst at midnight more or less.
        EnrichmentProgress end = job.GetProgress();
        Assert.Equal(496, early.RequestsLeftToday);
        Assert.InRange(early.BeyondBudget, end.NotAsked - 4, end.NotAsked + 4);
        AssertNear(end.EndTime, early.EstimatedEnd);
    }

    [Fact]
    public void Two_jobs_on_one_key_each_expect_every_second_turn()
    {
        EnrichmentJob first = Start(100, new QuotaLimits { RequestsPerDay = 0 });
        EnrichmentJob second = Start(100, new QuotaLimits { RequestsPerDay = 0 }, "other");
        _time.RunUntil(Task.CompletedTask, Step);
        EnrichmentProgress early = second.GetProgress();

        _time.RunUntil(Task.WhenAll(first.Finished, second.Finished), Step);

        AssertNear(second.GetProgress().EndTime, early.EstimatedEnd);
    }

    [Fact]
    public void Without_a_limit_the_pace_tells_the_end_and_before_there_is_one_nothing_does()
    {
        TimeSpan latency = TimeSpan.FromSeconds(3);
        ScriptedProvider slow = new(async (indicator, _, cancellationToken) =>
        {
            await Task.Delay(latency, _time, cancellationToken);
            return Found(indicator);
        });
        EnrichmentJob job = _orchestrator.Start(slow, throttleLimit: 1, QuotaLimits.None, _account);
        job.AddAll(Enumerable.Range(0, 100).Select(JobTesting.Domain));
        _time.RunUntil(Task.CompletedTask, Step);
        Assert.Null(job.GetProgress().EstimatedEnd);

        _time.RunUntil(Task.Delay(TimeSpan.FromSeconds(60), _time), Step);
        EnrichmentProgress early = job.GetProgress();
        _time.RunUntil(job.Finished, Step);

        Assert.InRange(early.ResultsPerMinute, 18, 21);
        AssertNear(job.GetProgress().EndTime, early.EstimatedEnd);
    }

    [Fact]
    public void While_the_service_is_down_and_while_input_still_arrives_no_end_is_promised()
    {
        EnrichmentJob down = _orchestrator.Start(
            Answering(static (_, _) => Failing(FailureScope.Passing)), limits: new QuotaLimits(), account: new KeyContext(_time));
        down.AddAll(Enumerable.Range(0, 50).Select(JobTesting.Domain));
        EnrichmentJob open = _orchestrator.Start(_provider, limits: new QuotaLimits(), account: _account);
        Enumerable.Range(0, 50).Select(JobTesting.Domain).ToList().ForEach(text => open.Add(text));
        _time.RunUntil(Task.Delay(TimeSpan.FromSeconds(2), _time), Step);

        Assert.Contains("down", down.GetProgress().WaitingFor, StringComparison.Ordinal);
        Assert.Null(down.GetProgress().EstimatedEnd);
        Assert.Null(open.GetProgress().EstimatedEnd);
        open.CompleteInput();
        Assert.NotNull(open.GetProgress().EstimatedEnd);
        _orchestrator.StopAll();
    }

    [Fact]
    public void The_summary_counts_every_verdict_and_what_was_not_asked_and_stands_still_after_the_end()
    {
        Queue<Verdict> verdicts = new([Verdict.Malicious, Verdict.Suspicious, Verdict.Suspicious, Verdict.Harmless, Verdict.Undetected, Verdict.Unknown]);
        ScriptedProvider provider = Answering((indicator, _) => verdicts.TryDequeue(out Verdict verdict)
            ? LookupOutcome.Answered(Found(indicator).Answer! with { Verdict = verdict })
            : Failing(FailureScope.Job, EnrichmentErrorKind.KeyRefused));
        EnrichmentJob job = _orchestrator.Start(provider, throttleLimit: 1, QuotaLimits.None, _account);
        job.AddAll(Enumerable.Range(0, 10).Select(JobTesting.Domain).Append("CVE-2021-44228"));
        _time.RunUntil(job.Finished, Step);
        EnrichmentProgress end = job.GetProgress();
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((1, 2, 1, 1, 6), (end.Malicious, end.Suspicious, end.Harmless, end.Undetected, end.Unknown));
        Assert.Equal((6, 4, 3, 1), (end.Found, end.Failed, end.NotAsked, end.Skipped));
        Assert.Equal(end.EndTime - end.StartTime, end.Elapsed);
        Assert.Null(end.EstimatedEnd);
        Assert.Equal(end, job.GetProgress());
    }

    private EnrichmentJob Start(int indicators, QuotaLimits limits, string prefix = "host")
    {
        EnrichmentJob job = _orchestrator.Start(_provider, limits: limits, account: _account);
        job.AddAll(Enumerable.Range(0, indicators).Select(number => $"{prefix}{number}.example.com"));
        return job;
    }

    private static void AssertNear(DateTimeOffset? actual, DateTimeOffset? estimated)
    {
        TimeSpan whole = actual!.Value - new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
        TimeSpan tolerance = TimeSpan.FromMinutes(1.5) + (TimeSpan.FromHours(1) < whole ? TimeSpan.FromMinutes(2) : TimeSpan.Zero);
        Assert.InRange((estimated!.Value - actual.Value).Duration(), TimeSpan.Zero, tolerance);
    }
}
