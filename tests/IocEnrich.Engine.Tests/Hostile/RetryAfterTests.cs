using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Tests.Orchestration;
using Microsoft.Extensions.Time.Testing;
using static IocEnrich.Engine.Tests.Orchestration.ScriptedProvider;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>However little wait a service asks for, refusals are no storm of requests.</summary>
[Collection(Alone.Name)]
public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: 0", 0)]
    [InlineData("Retry-After: Wed, 25 Nov 2026 12:00:09 GMT", 9)]
    [InlineData("Retry-After: Wed, 25 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("Retry-After: Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    [InlineData("Date: Wed, 25 Nov 2026 09:00:00 GMT\r\nRetry-After: Wed, 25 Nov 2026 09:00:20 GMT", 20)]
    [InlineData("Date: Sun, 25 Nov 1976 09:00:00 GMT\r\nRetry-After: Sun, 25 Nov 1976 09:00:20 GMT", 20)]
    [InlineData("Date: yesterday\r\nRetry-After: Wed, 25 Nov 2026 12:00:09 GMT", 9)]
    [InlineData("Retry-After: 2\r\nRetry-After: 9", 9)]
    [InlineData("Retry-After: 9\r\nRetry-After: soon", 9)]
    [InlineData("Retry-After: 0\r\nRetry-After: Wed, 25 Nov 2026 12:00:09 GMT", 9)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("Retry-After: 1.5", null)]
    [InlineData("Retry-After: soon", null)]
    [InlineData("Retry-After:", null)]
    [InlineData("X-Nothing: 1", null)]
    [InlineData("Retry-After: 99999999999999999999999999", 366 * 24 * 3600)]
    [InlineData("Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", 366 * 24 * 3600)]
    public async Task What_the_service_asks_for_is_read_on_its_own_clock(string headers, int? seconds)
    {
        // The client's clock is the test's: what counts is what the response says.
        LookupOutcome outcome = await HostileTesting.LookUpAsync(
            _ => RawAnswer.Of(429, headers + "\r\n", """{"error":{"code":"QuotaExceededError","message":"Quota exceeded"}}"""u8),
            time: new StoppedClock());

        Assert.Equal((EnrichmentErrorKind.QuotaExceeded, FailureScope.Throttled), (outcome.Failure?.Error.Kind, outcome.Failure?.Scope));
        Assert.Equal(seconds, outcome.Failure?.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    public void A_quota_that_is_gone_ends_the_job_after_a_minute_and_a_handful_of_requests_whatever_wait_is_asked_for(int seconds)
    {
        FakeTimeProvider time = new(Now);
        List<DateTimeOffset> asked = [];
        EnrichmentJob job = Start(time, 800, (indicator, _) =>
        {
            asked.Add(time.GetUtcNow());
            return Failing(FailureScope.Throttled, EnrichmentErrorKind.QuotaExceeded, TimeSpan.FromSeconds(seconds));
        });

        TimeSpan passed = time.RunUntil(job.Finished, TimeSpan.FromMilliseconds(250));

        Assert.Equal(800, job.TakeAll().Length);
        Assert.InRange(asked.Count, 2, 12);
        Assert.InRange(passed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(130));
        EnrichmentProgress progress = job.GetProgress();
        Assert.Equal((EnrichmentJobState.Failed, EnrichmentErrorKind.QuotaExceeded), (progress.State, progress.Error?.Kind));
    }

    [Fact]
    public void A_service_that_answers_again_after_a_second_costs_a_second()
    {
        FakeTimeProvider time = new(Now);
        int asked = 0;
        EnrichmentJob job = Start(time, 100, (indicator, _) => Interlocked.Increment(ref asked) == 1
            ? Failing(FailureScope.Throttled, EnrichmentErrorKind.QuotaExceeded, TimeSpan.Zero)
            : Found(indicator));

        TimeSpan passed = time.RunUntil(job.Finished, TimeSpan.FromMilliseconds(250));

        Assert.All(job.TakeAll(), static result => Assert.Equal(EnrichmentStatus.Found, result.Status));
        Assert.InRange(passed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    private static EnrichmentJob Start(FakeTimeProvider time, int indicators, Func<Indicator, int, LookupOutcome> script)
    {
        object oneAtATime = new();
        ScriptedProvider provider = Answering((indicator, attempt) =>
        {
            lock (oneAtATime)
            {
                return script(indicator, attempt);
            }
        });
        EnrichmentJob job = new EnrichmentOrchestrator(timeProvider: time).Start(provider, 4, QuotaLimits.None, new KeyContext(time));
        job.AddAll(Enumerable.Range(0, indicators).Select(JobTesting.Domain));
        return job;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
