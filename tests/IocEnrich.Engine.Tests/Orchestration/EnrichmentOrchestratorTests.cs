using IocEnrich.Engine.Orchestration;
using static IocEnrich.Engine.Tests.Orchestration.ScriptedProvider;

namespace IocEnrich.Engine.Tests.Orchestration;

public sealed class EnrichmentOrchestratorTests
{
    private static readonly ScriptedProvider AnswersAtOnce = Answering(static (indicator, _) => Found(indicator));

    [Fact]
    public async Task Ten_jobs_and_a_bound_of_five_leave_the_last_five_and_the_others_can_still_be_received()
    {
        EnrichmentOrchestrator orchestrator = new(maxJobs: 5);
        List<EnrichmentJob> jobs = [];
        for (int number = 0; number < 10; number++)
        {
            jobs.Add(await FinishedJobAsync(orchestrator));
        }

        Assert.Equal(jobs[5..], orchestrator.Jobs);
        Assert.All(jobs, static job => Assert.Single(job.TakeAll()));
    }

    [Fact]
    public async Task The_first_to_leave_is_the_least_recently_used_job_whose_results_were_all_received()
    {
        EnrichmentOrchestrator orchestrator = new(maxJobs: 3);
        EnrichmentJob withResultsLeft = await FinishedJobAsync(orchestrator);
        EnrichmentJob received = await FinishedJobAsync(orchestrator);
        EnrichmentJob receivedAndUsed = await FinishedJobAsync(orchestrator);
        received.TakeAll();
        receivedAndUsed.TakeAll();
        orchestrator.Touch(receivedAndUsed);

        orchestrator.Start(AnswersAtOnce, JobTesting.Options(), out IReadOnlyList<EvictedJob> first);
        orchestrator.Start(AnswersAtOnce, JobTesting.Options(), out IReadOnlyList<EvictedJob> second);
        orchestrator.Start(AnswersAtOnce, JobTesting.Options(), out IReadOnlyList<EvictedJob> third);

        Assert.Equal([new EvictedJob(received, HadResultsLeft: false)], first);
        Assert.Equal([new EvictedJob(receivedAndUsed, HadResultsLeft: false)], second);
        Assert.Equal([new EvictedJob(withResultsLeft, HadResultsLeft: true)], third);
        orchestrator.StopAll();
    }

    [Fact]
    public async Task Results_that_an_outlet_holds_count_as_not_received()
    {
        EnrichmentOrchestrator orchestrator = new(maxJobs: 1);
        EnrichmentJob job = await FinishedJobAsync(orchestrator);
        job.TakeAll();
        job.HeldElsewhere = static () => true;

        orchestrator.Start(AnswersAtOnce, JobTesting.Options(), out IReadOnlyList<EvictedJob> evicted);

        Assert.True(Assert.Single(evicted).HadResultsLeft);
        orchestrator.StopAll();
    }

    [Fact]
    public async Task A_running_job_never_leaves_and_a_list_full_of_them_starts_nothing()
    {
        EnrichmentOrchestrator orchestrator = new(maxJobs: 2);
        EnrichmentJob first = orchestrator.Start(AnswersAtOnce);
        EnrichmentJob second = orchestrator.Start(AnswersAtOnce);

        JobLimitException refused = Assert.Throws<JobLimitException>(() => orchestrator.Start(AnswersAtOnce));

        Assert.Equal(2, refused.MaxJobs);
        Assert.Equal([first, second], orchestrator.Jobs);
        orchestrator.StopAll();
        await Task.WhenAll(first.Finished, second.Finished).WaitAsync(JobTesting.Limit);
    }

    [Fact]
    public async Task A_bound_that_is_lowered_holds_when_the_next_job_starts()
    {
        EnrichmentOrchestrator orchestrator = new(maxJobs: 5);
        EnrichmentJob oldest = await FinishedJobAsync(orchestrator);
        EnrichmentJob running = orchestrator.Start(AnswersAtOnce);
        EnrichmentJob newest = await FinishedJobAsync(orchestrator);

        orchestrator.MaxJobs = 2;
        Assert.Equal([oldest, running, newest], orchestrator.Jobs);
        EnrichmentJob next = orchestrator.Start(AnswersAtOnce, JobTesting.Options(), out IReadOnlyList<EvictedJob> evicted);

        Assert.Equal([oldest, newest], evicted.Select(static gone => gone.Job));
        Assert.Equal([running, next], orchestrator.Jobs);
        orchestrator.StopAll();
    }

    [Fact]
    public async Task Where_no_job_can_start_none_leaves_the_list()
    {
        EnrichmentOrchestrator orchestrator = new(maxJobs: 5);
        EnrichmentJob finished = await FinishedJobAsync(orchestrator);
        EnrichmentJob first = orchestrator.Start(AnswersAtOnce);
        EnrichmentJob second = orchestrator.Start(AnswersAtOnce);

        orchestrator.MaxJobs = 2;

        Assert.Throws<JobLimitException>(() => orchestrator.Start(AnswersAtOnce));
        Assert.Equal([finished, first, second], orchestrator.Jobs);
        orchestrator.StopAll();
    }

    [Fact]
    public void A_bound_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(static () => new EnrichmentOrchestrator(maxJobs: 0));

    private static async Task<EnrichmentJob> FinishedJobAsync(EnrichmentOrchestrator orchestrator)
    {
        EnrichmentJob job = orchestrator.Start(AnswersAtOnce);
        job.AddAll([JobTesting.Domain(0)]);
        await job.Finished.WaitAsync(JobTesting.Limit);
        return job;
    }
}
