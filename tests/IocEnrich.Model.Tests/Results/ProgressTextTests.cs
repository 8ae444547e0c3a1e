namespace IocEnrich.Model.Tests.Results;

public sealed class ProgressTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);

    private static readonly EnrichmentProgress Running = new()
    {
        InputComplete = true,
        Total = 10_000,
        Found = 100,
        NotFound = 15,
        Skipped = 5,
        Malicious = 7,
        Harmless = 60,
        Undetected = 31,
        Requests = 103,
        FromCache = 12,
        RequestsLeftToday = 397,
        ResultsPerMinute = 4.02,
        EstimatedEnd = Now.AddMinutes(99),
        BeyondBudget = 9_483,
        WaitingFor = "the limit per minute",
    };

    [Fact]
    public void A_snapshot_is_told_in_a_few_lines()
    {
        Assert.Equal("120 of 10,000", ProgressText.Done(Running));
        Assert.Equal("120 of 10,000+", ProgressText.Done(Running with { InputComplete = false }));
        Assert.Equal("100 found, 15 not found, 5 skipped, 0 failed", ProgressText.Results(Running));
        Assert.Equal("100 found, 15 not found, 5 skipped, 9,880 failed (9,876 of them not looked up)", ProgressText.Results(Running with { Failed = 9_880, NotAsked = 9_876 }));
        Assert.Equal("7 malicious, 0 suspicious, 60 harmless, 31 undetected, 22 unknown", ProgressText.Verdicts(Running));
        Assert.Equal("103 sent, 397 left today; 12 results from the cache", ProgressText.Requests(Running));
        Assert.Equal("103 sent; 1 result from the cache", ProgressText.Requests(Running with { RequestsLeftToday = null, FromCache = 1 }));
        Assert.Equal("4 a minute", ProgressText.Rate(Running));
        Assert.Equal("0.5 a minute", ProgressText.Rate(Running with { ResultsPerMinute = 0.5 }));
        Assert.Equal("12,346 a minute", ProgressText.Rate(Running with { ResultsPerMinute = 12_345.6 }));
    }

    [Fact]
    public void A_wait_tells_what_matters_most_first_and_that_the_budget_will_not_suffice() => Assert.Equal(
        "120 of 10,000, 7 malicious, ends about 15:39 with 9,483 not looked up (daily quota), 4 a minute, 397 left today",
        Waiting(Running));

    [Fact]
    public void A_wait_promises_nothing_where_nothing_is_known()
    {
        EnrichmentProgress down = Running with
        {
            EstimatedEnd = null,
            BeyondBudget = 0,
            ResultsPerMinute = 0,
            RequestsLeftToday = null,
            WaitingFor = "the service, which seems to be down",
        };

        Assert.Equal("120 of 10,000, 7 malicious, waits for the service, which seems to be down", Waiting(down));
    }

    [Fact]
    public void Several_jobs_end_with_the_last_of_them()
    {
        EnrichmentProgress ended = new() { State = EnrichmentJobState.Completed, InputComplete = true, Total = 10, Found = 10, Malicious = 1, ResultsPerMinute = 600 };
        EnrichmentProgress quick = Running with { EstimatedEnd = Now.AddMinutes(1), BeyondBudget = 0, Malicious = 0 };

        Assert.Equal(
            "250 of 20,010 in 3 jobs, 8 malicious, ends about 15:39 with 9,483 not looked up (daily quota), 8 a minute, 397 left today",
            Waiting(Running, ended, quick));
        Assert.Equal(
            "130 of 10,010 in 2 jobs, 8 malicious, waits for the limit per minute, 4 a minute, 397 left today",
            Waiting(Running with { EstimatedEnd = null }, ended));
    }

    private static string Waiting(params EnrichmentProgress[] jobs) => ProgressText.Waiting(jobs, Now, TimeZoneInfo.Utc);
}
