using IocEnrich.Engine.Orchestration;
using static IocEnrich.Engine.Tests.Orchestration.ScriptedProvider;

namespace IocEnrich.Engine.Tests.Orchestration;

public sealed class ProvenanceTests
{
    private readonly EnrichmentOrchestrator _orchestrator = new();

    [Fact]
    public async Task A_result_tells_the_text_as_it_was_typed_first_its_position_and_how_often_it_came()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)));

        job.AddAll([" evil[.]example[.]com ", "8.8.8.8", "EVIL.example.com", "CVE-2021-44228", "no indicator", "cve-2021-44228", "no indicator", "evil.example.com."]);
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(
            [
                "evil.example.com: 1, 3 times, as evil[.]example[.]com", "8.8.8.8: 2, 1 times, as 8.8.8.8",
                "CVE-2021-44228: 4, 2 times, as CVE-2021-44228", "no indicator: 5, 2 times, as no indicator",
            ],
            results.OrderBy(static result => result.Position).Select(Told));
    }

    [Fact]
    public async Task A_job_holds_a_hundred_thousand_objects_and_counts_the_others()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)));
        for (int number = 0; number < 100_005; number++)
        {
            job.Add($"192.168.{number / 256 % 256}.{number % 256}", new InputSource(new string('x', 1)));
        }

        job.CompleteInput();
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(65_536, results.Length);
        Assert.Equal(5, job.SourcesLeftOut);
        Assert.Equal(100_000, results.Sum(static result => result.Source is object[] several ? several.Length : 1));
    }

    [Fact]
    public async Task A_result_that_is_received_while_others_still_arrive_counts_up_to_then_and_after_the_end_of_the_input_it_counts_all()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)));
        long cursor = 0;

        job.Add("8.8.8.8");
        job.Add("8[.]8[.]8[.]8");
        await job.Results.WaitAsync(0, CancellationToken.None).WaitAsync(JobTesting.Limit);
        Assert.True(job.Results.TryPeek(ref cursor, out EnrichmentResult? early));
        job.Add("8.8.8.8");
        job.CompleteInput();
        await job.Finished.WaitAsync(JobTesting.Limit);
        cursor = 0;
        Assert.True(job.Results.TryPeek(ref cursor, out EnrichmentResult? kept));
        Assert.True(job.Results.TryTake(out EnrichmentResult? taken));

        Assert.Equal((2, 3, 3), (early.Occurrences, kept.Occurrences, taken.Occurrences));
        job.Results.PutBack([early]);
        Assert.True(job.Results.TryTake(out EnrichmentResult? again));
        Assert.Equal(3, again.Occurrences);
        Assert.Equal(2, early.Occurrences);
    }

    [Fact]
    public async Task What_was_found_in_a_text_remembers_where()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)));

        foreach (IndicatorOccurrence occurrence in IndicatorExtractor.Extract(
            "nothing here\nhxxp://evil[.]com/a and 10.0.0.5\nhttp://evil.com/a", new IndicatorExtractorOptions { Path = "report.txt" }))
        {
            job.Add(occurrence);
        }

        job.CompleteInput();
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(
            ["10.0.0.5: 10.0.0.5 in report.txt, line 2", "http://evil.com/a: hxxp://evil[.]com/a in report.txt, line 2"],
            results.Select(static result => $"{result.Indicator}: {result.Input} in {result.InputPath}, line {result.InputLine}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_two_jobs_share_tells_each_its_own_input()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedProvider provider = new(async (indicator, _, _) =>
        {
            await release.Task;
            return Found(indicator);
        });
        EnrichmentJobOptions options = JobTesting.Options();
        EnrichmentJob first = _orchestrator.Start(provider, options, out _);
        EnrichmentJob second = _orchestrator.Start(provider, options, out _);

        first.AddAll(["8.8.8.8"]);
        second.AddAll(["nothing", "8[.]8[.]8[.]8", "8.8.8.8"]);
        release.SetResult();

        Assert.Equal(["8.8.8.8: 1, 1 times, as 8.8.8.8"], (await first.FinishAsync()).Select(Told));
        Assert.Contains("8.8.8.8: 2, 2 times, as 8[.]8[.]8[.]8", (await second.FinishAsync()).Select(Told));
    }

    [Fact]
    public async Task What_is_told_of_the_input_is_safe_to_show()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)));

        job.AddAll(["evil.example.com\u200B", "\u001B[31mred"]);
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(["\\u{001B}[31mred", "evil.example.com\\u{200B}"], results.Select(static result => result.Input!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_result_has_its_defanged_form_unless_its_input_was_no_indicator()
    {
        EnrichmentJob job = _orchestrator.Start(Answering(static (indicator, _) => Found(indicator)));

        job.AddAll(["http://evil.com/a.b", "bob@evil.com", "no indicator"]);
        EnrichmentResult[] results = await job.FinishAsync();

        Assert.Equal(
            ["", "bob[@]evil[.]com", "hxxp://evil[.]com/a.b"], results.Select(static result => result.Defanged ?? "").Order(StringComparer.Ordinal));
    }

    private static string Told(EnrichmentResult result) =>
        $"{result.Indicator}: {result.Position}, {result.Occurrences} times, as {result.Input}";
}
