using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>
/// What a person sees of a job that ended early: a result for each indicator, and one error for all of them.
/// </summary>
public sealed class EarlyEndTests : IAsyncLifetime
{
    private const string Many = "1..500 | ForEach-Object { \"host$_.example.com\" }";

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("Receive-IocEnrichmentResult -Wait")]
    [InlineData("Wait-Job | Receive-Job")]
    [InlineData("Receive-Job -Wait")]
    public void A_refused_key_is_told_once(string receive)
    {
        _session.Server.Faults.Add("401");

        string[] results = ModuleSession.Lines(
            _session.Run($"$job = {Many} | Start-IocEnrichment @To; $job | {receive}"), "Status", "Requests", "Reason");

        int asked = (int)_session.Server.Requests.Total;
        Assert.InRange(asked, 1, 4);
        Assert.Equal(500, results.Length);
        Assert.All(results, static result => Assert.StartsWith("Failed ", result));
        Assert.Equal(asked, results.Count(static result => result.StartsWith("Failed 1 ", StringComparison.Ordinal)));
        Assert.StartsWith("JobEndedEarly", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Failed", _session.Run("$job.State").Single().ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_refused_key_is_told_once_where_all_were_asked_at_the_same_time(int indicators)
    {
        _session.Server.Faults.Add("401");

        Assert.Equal(indicators, _session.Run($"1..{indicators} | ForEach-Object {{ \"host$_.example.com\" }} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait").Count);

        Assert.Single(_session.Errors);
    }

    [Fact]
    public void The_one_error_is_the_jobs_own_and_says_how_many_were_not_asked()
    {
        _session.Server.Faults.Add("401");

        _session.Run($"$job = {Many} | Start-IocEnrichment @To -Name nightly; $null = $job | Receive-IocEnrichmentResult -Wait -ErrorVariable told");

        int asked = (int)_session.Server.Requests.Total;
        IReadOnlyList<ErrorRecord> errors = _session.Errors;
        Assert.Single(errors);
        Assert.StartsWith("JobEndedEarly,", errors[^1].FullyQualifiedErrorId);
        Assert.Contains($"(nightly) ended early, with {500 - asked} of 500 indicators not looked up. ", errors[^1].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(true, _session.Run("$told[-1].TargetObject -eq $job").Single().BaseObject);
        Assert.Equal(1, _session.Run("$told.Count").Single().BaseObject);
    }

    [Theory]
    [InlineData("Receive-IocEnrichmentResult -Wait")]
    [InlineData("Wait-Job | Receive-Job")]
    [InlineData("Receive-Job -Wait")]
    public void A_refused_key_with_one_indicator_is_told_once_and_known_to_the_result_and_to_the_job(string receive)
    {
        _session.Server.Faults.Add("401");

        PSObject result = _session.Run($"$job = 'a.example.com' | Start-IocEnrichment @To; $job | {receive}").Single();

        Assert.StartsWith("KeyRefused", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("KeyRefused", _session.Run("$result.Error.Kind", ("result", result)).Single().ToString());
        Assert.Equal(["Failed", "KeyRefused"], _session.Run("$job.State, $job.Summary.Error.Kind").Select(static item => item.ToString()));
    }

    [Fact]
    public void With_error_action_stop_a_day_that_is_spent_is_an_error_after_the_last_result()
    {
        ErrorRecord error = _session.Fail("""
            $To.RequestsPerDay = 3
            1..10 | ForEach-Object { "host$_.example.com" } | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait -ErrorAction Stop -OutVariable received
            """);

        Assert.StartsWith("JobEndedEarly,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.QuotaExceeded, error.CategoryInfo.Category);
        Assert.Contains("7 of 10 indicators not looked up", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(10, _session.Run("$received.Count").Single().BaseObject);
    }

    [Theory]
    [InlineData("Receive-IocEnrichmentResult")]
    [InlineData("Receive-Job")]
    public async Task A_job_that_somebody_stopped_says_once_how_much_it_did_not_ask(string receive)
    {
        using IDisposable hold = _session.Server.Hold();
        _session.Run($"$job = {Many} | Start-IocEnrichment @To");
        await _session.RequestsAsync(static requests => requests.InFlight == 4);

        int results = _session.Run($"$job | Stop-Job; $job | {receive}").Count;

        Assert.Equal(500, results);
        ErrorRecord own = Assert.Single(_session.Errors);
        Assert.StartsWith("JobEndedEarly", own.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.OperationStopped, own.CategoryInfo.Category);
        Assert.Contains("496 of 500 indicators not looked up. The job was stopped.", own.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Run($"$job | {receive}"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void Who_keeps_the_results_keeps_the_reason_as_well()
    {
        _session.Server.Faults.Add("401");
        _session.Run($"$job = {Many} | Start-IocEnrichment @To; $null = $job | Wait-Job");

        foreach (string keep in (string[])["-Keep", "-Keep", ""])
        {
            Assert.Equal(500, _session.Run($"$job | Receive-IocEnrichmentResult {keep}").Count);
            Assert.StartsWith("JobEndedEarly,", _session.Errors[^1].FullyQualifiedErrorId);
        }
    }
}
