using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using static IocEnrich.Engine.Tests.Orchestration.ScriptedProvider;

namespace IocEnrich.Engine.Tests.Orchestration;

public sealed class EnrichmentJobTests
{
    private readonly EnrichmentOrchestrator _orchestrator = new();

    [Fact]
    public async Task Every_distinct_indicator_has_exactly_one_result_whatever_happens_to_it()
    {
        ScriptedProvider provider = Answering(static (indicator, attempt) => indicator.Value switch
        {
            "once.example.com" when attempt == 1 => Failing(FailureScope.Passing),
            "twice.example.com" => Failing(FailureScope.Passing),
            "refused.example.com" => Failing(FailureScope.Indicator, EnrichmentErrorKind.Rejected),
            "broken.example.com" => throw new InvalidOperationException("a fault in the provider"),
            "8.8.8.8" => LookupOutcome.Answered(new EnrichmentResult { Indicator = "8.8.8.8", Type = IndicatorType.IPv4, Status = EnrichmentStatus.NotFound }),
            _ => Found(indicator),
        });
        EnrichmentJob job = _orchestrator.Start(provider);

        job.AddAll(
        [
            "found.example.com", "FOUND.example[.]com", "8.8.8.8", "once.example.com", "twice.example.com", "refused.example.com",
            "broken.example.com", "CVE-2021-44228", "not an indicator", "not an indicator", "8[.]8[.]8[.]8",
        ]);
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(
            [
                "8.8.8.8: NotFound", "CVE-2021-44228: Skipped", "broken.example.com: Failed", "found.example.com: Found",
                "not an indicator: Skipped", "once.example.com: Found", "refused.example.com: Failed", "twice.example.com: Failed",
            ],
            results.Select(static result => $"{result.Indicator}: {result.Status}").Order(StringComparer.Ordinal));
        Assert.Equal(EnrichmentJobState.Completed, job.GetProgress().State);
        Assert.All(results, static result => Assert.Equal(result.Status == EnrichmentStatus.Failed, result.Error is not null));
        Assert.All(results, static result => Assert.Equal(result.Status is EnrichmentStatus.Failed or EnrichmentStatus.Skipped, result.Reason is not null));
    }

    [Fact]
    public async Task A_failure_that_could_pass_is_tried_exactly_once_more()
    {
        ScriptedProvider provider = Answering(static (indicator, attempt) =>
            indicator.Value == "twice.example.com" || attempt == 1 ? Failing(FailureScope.Passing) : Found(indicator));
        EnrichmentJob job = _orchestrator.Start(provider);

        job.AddAll(["once.example.com", "twice.example.com"]);
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(2, provider.RequestsFor("once.example.com"));
        Assert.Equal(2, provider.RequestsFor("twice.example.com"));
        Assert.All(results, static result => Assert.Equal(2, result.Requests));
        Assert.Equal(4, job.GetProgress().Requests);
    }

    [Fact]
    public async Task A_failure_that_cannot_pass_is_not_tried_again()
    {
        ScriptedProvider provider = Answering(static (_, _) => Failing(FailureScope.Indicator, EnrichmentErrorKind.Rejected));
        EnrichmentJob job = _orchestrator.Start(provider);

        job.AddAll(["refused.example.com"]);
        EnrichmentResult result = Assert.Single(await job.FinishAsync());

        Assert.Equal(1, provider.RequestsFor("refused.example.com"));
        Assert.Equal(EnrichmentErrorKind.Rejected, result.Error?.Kind);
    }

    [Fact]
    public async Task The_first_lookup_starts_before_the_last_indicator_has_been_read()
    {
        TaskCompletionSource asked = new();
        ScriptedProvider provider = Answering((indicator, _) =>
        {
            asked.TrySetResult();
            return Found(indicator);
        });
        EnrichmentJob job = _orchestrator.Start(provider);

        job.Add(JobTesting.Domain(1));
        await asked.Task.WaitAsync(JobTesting.Limit);
        job.AddAll([JobTesting.Domain(2)]);

        Assert.Equal(2, (await job.FinishAsync()).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    public async Task As_many_lookups_run_at_once_as_the_throttle_allows_and_no_more(int throttleLimit)
    {
        int waiting = 0;
        TaskCompletionSource full = new();
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedProvider provider = new(async (indicator, _, _) =>
        {
            if (Interlocked.Increment(ref waiting) == throttleLimit)
            {
                full.SetResult();
            }

            await release.Task;
            return Found(indicator);
        });
        EnrichmentJob job = _orchestrator.Start(provider, throttleLimit);

        job.AddAll(Enumerable.Range(0, 50).Select(JobTesting.Domain));
        await full.Task.WaitAsync(JobTesting.Limit);
        release.SetResult();
        await job.FinishAsync();

        Assert.Equal(throttleLimit, provider.MostAtOnce);
    }

    [Fact]
    public async Task A_failure_of_the_job_ends_it_and_the_rest_is_reported_unsent_while_those_in_flight_keep_their_answers()
    {
        TaskCompletionSource inFlight = new();
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedProvider provider = new(async (indicator, _, _) =>
        {
            if (indicator.Value == JobTesting.Domain(0))
            {
                inFlight.SetResult();
                await release.Task;
                return Found(indicator);
            }

            await inFlight.Task;
            return Failing(FailureScope.Job, EnrichmentErrorKind.KeyRefused);
        });
        EnrichmentJob job = _orchestrator.Start(provider, throttleLimit: 2);

        job.Add(JobTesting.Domain(0));
        await inFlight.Task.WaitAsync(JobTesting.Limit);
        job.AddAll(Enumerable.Range(1, 100).Select(JobTesting.Domain));
        await WaitForAsync(job, static progress => progress.Failed == 100);
        release.SetResult();
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(101, results.Length);
        Assert.Equal(2, provider.Total);
        Assert.Single(results, static result => result.Status == EnrichmentStatus.Found);
        Assert.All(results.Where(static result => result.Status == EnrichmentStatus.Failed), static result => Assert.Equal(EnrichmentErrorKind.KeyRefused, result.Error?.Kind));
        EnrichmentProgress progress = job.GetProgress();
        Assert.Equal((EnrichmentJobState.Failed, EnrichmentErrorKind.KeyRefused), (progress.State, progress.Error?.Kind));
    }

    [Fact]
    public async Task Stopping_breaks_off_what_is_in_flight_and_reports_the_rest_as_not_asked_exactly_once()
    {
        int waiting = 0;
        TaskCompletionSource full = new();
        ScriptedProvider provider = new(async (_, _, cancellationToken) =>
        {
            if (Interlocked.Increment(ref waiting) == 4)
            {
                full.SetResult();
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("not reached");
        });
        EnrichmentJob job = _orchestrator.Start(provider);

        job.AddAll(Enumerable.Range(0, 100).Select(JobTesting.Domain));
        await full.Task.WaitAsync(JobTesting.Limit);
        job.Stop();
        job.Stop();
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(100, results.Select(static result => result.Indicator).Distinct().Count());
        Assert.Equal(100, results.Length);
        Assert.All(results, static result => Assert.Equal(EnrichmentErrorKind.Stopped, result.Error?.Kind));
        Assert.Equal([0, 1], results.Select(static result => result.Requests).Distinct().Order());
        Assert.Equal(4, provider.Total);
        Assert.Equal(EnrichmentJobState.Stopped, job.GetProgress().State);
    }

    [Fact]
    public async Task A_job_that_is_stopped_while_its_input_still_arrives_ends_and_takes_nothing_in_any_more()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)));
        job.Add(JobTesting.Domain(1));
        await WaitForAsync(job, static progress => progress.Done == 1);

        job.Stop();
        await job.Finished.WaitAsync(JobTesting.Limit);

        Assert.False(job.Add(JobTesting.Domain(2)));
        Assert.False(job.Add("not an indicator"));
        Assert.Equal((1, 1), (job.GetProgress().Total, job.TakeAll().Length));
    }

    [Fact]
    public async Task A_job_without_indicators_completes()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)));

        job.CompleteInput();

        Assert.Empty(await job.FinishAsync());
        Assert.Equal(EnrichmentJobState.Completed, job.GetProgress().State);
    }

    [Fact]
    public async Task A_snapshot_of_the_progress_is_consistent_in_itself_while_the_job_runs()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)), throttleLimit: 8);
        Task<bool> watcher = Task.Run(() =>
        {
            int done = 0;
            while (job.IsRunning)
            {
                EnrichmentProgress progress = job.GetProgress();
                if (progress.Done > progress.Total || progress.Done < done || progress.Requests < progress.Found)
                {
                    return false;
                }

                done = progress.Done;
            }

            return true;
        });

        job.AddAll(Enumerable.Range(0, 20_000).Select(JobTesting.Domain));
        Assert.Equal(20_000, (await job.FinishAsync()).Length);

        Assert.True(await watcher);
        Assert.Equal((20_000, 20_000), (job.GetProgress().Total, job.GetProgress().Done));
    }

    private static async Task WaitForAsync(EnrichmentJob job, Func<EnrichmentProgress, bool> condition)
    {
        using CancellationTokenSource limit = new(JobTesting.Limit);
        while (!condition(job.GetProgress()))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
