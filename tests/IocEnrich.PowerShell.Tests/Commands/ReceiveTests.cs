using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Commands;

public sealed class ReceiveTests : IAsyncLifetime
{
    private const string Ten = "1..10 | ForEach-Object { \"host$_.example.com\" }";

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("-Job $job")]
    [InlineData("$job")]
    [InlineData("-Name nightly")]
    [InlineData("-Name night*")]
    [InlineData("-Id $job.Id")]
    [InlineData("-InstanceId $job.InstanceId")]
    public void A_job_can_be_named_in_every_usual_way(string parameters)
    {
        _session.Run($"$job = {Ten} | Start-IocEnrichment @To -Name nightly");

        Assert.Equal(10, _session.Run($"Receive-IocEnrichmentResult {parameters} -Wait").Count);
    }

    [Theory]
    [InlineData("Receive-IocEnrichmentResult -Name missing", "JobNotFound")]
    [InlineData("Receive-IocEnrichmentResult -Id 424242", "JobNotFound")]
    [InlineData("Get-IocEnrichmentJob missing", "JobNotFound")]
    [InlineData("Get-IocEnrichmentJob -InstanceId ([guid]::Empty)", "JobNotFound")]
    public void A_job_that_is_not_there_is_an_error(string script, string id)
    {
        Assert.Empty(_session.Run(script));

        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }

    [Fact]
    public void A_wildcard_that_matches_nothing_is_no_error()
    {
        Assert.Empty(_session.Run("Receive-IocEnrichmentResult -Name missing*; Get-IocEnrichmentJob missing*"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void Several_jobs_are_received_as_their_results_come()
    {
        string[] results = ModuleSession.Lines(
            _session.Run("$jobs = 1..3 | ForEach-Object { \"a$_.example.com\", \"b$_.example.com\" | Start-IocEnrichment @To }; $jobs | Receive-IocEnrichmentResult -Wait"),
            "Indicator");

        Assert.Equal(["a1.example.com", "a2.example.com", "a3.example.com", "b1.example.com", "b2.example.com", "b3.example.com"], results);
    }

    [Fact]
    public void With_error_action_stop_the_first_failure_ends_the_call_and_the_rest_stays_in_the_job()
    {
        _session.Server.Faults.Add("400");

        ErrorRecord error = _session.Fail($"$job = {Ten} | Start-IocEnrichment @To; $job | Receive-IocEnrichmentResult -Wait -ErrorAction Stop -OutVariable received");

        Assert.StartsWith("Rejected,", error.FullyQualifiedErrorId);
        Assert.Equal(1, _session.Run("$received.Count").Single().BaseObject);
        Assert.Equal(9, _session.Run("$job | Receive-IocEnrichmentResult -Wait -ErrorAction SilentlyContinue").Count);
    }

    [Fact]
    public void A_merged_error_stream_has_each_error_behind_its_result()
    {
        _session.Server.Faults.Add("400");

        string[] kinds = [.. _session.Run($"{Ten} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait 2>&1 | ForEach-Object {{ $_.GetType().Name }}").Select(static item => item.ToString())];

        Assert.Equal(Enumerable.Repeat<string[]>(["EnrichmentResult", "ErrorRecord"], 10).SelectMany(static pair => pair), kinds);
        Assert.Empty(_session.Errors);
        Assert.Equal(10, _session.Run($"$null = {Ten} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait *>&1 | ForEach-Object {{ $n++ }}; $n / 2").Single().BaseObject);
    }

    [Fact]
    public void Error_variable_holds_one_error_for_each_failed_indicator_with_the_result_as_its_target()
    {
        _session.Server.Faults.Add("400");

        int matching = _session.Run($$"""
            $results = {{Ten}} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed | Where-Object { $_.TargetObject -in $results -and $_.Exception.Error.Kind -eq 'Rejected' -and $_.CategoryInfo.Category -eq 'InvalidArgument' }
            """).Count;

        Assert.Equal(10, matching);
    }

    [Fact]
    public void When_the_time_is_up_what_came_is_there_and_the_job_goes_on()
    {
        using IDisposable hold = _session.Server.Hold();

        string[] results = ModuleSession.Lines(
            _session.Run("$job = 'CVE-2021-44228', 'a.example.com' | Start-IocEnrichment @To; $job | Receive-IocEnrichmentResult -TimeoutSec 1"), "Status");

        Assert.Equal(["Skipped"], results);
        Assert.Equal("Running", _session.Run("$job.State").Single().ToString());
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public async Task Stopping_a_wait_leaves_the_job_running_and_its_results_in_it()
    {
        IDisposable hold = _session.Server.Hold();
        _session.Run("$job = 'a.example.com' | Start-IocEnrichment @To");
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        IAsyncResult waiting = shell.AddScript("$job | Receive-IocEnrichmentResult -Wait").BeginInvoke();
        await _session.RequestsAsync(static requests => requests.InFlight == 1);

        shell.Stop();

        Assert.True(waiting.IsCompleted);
        Assert.Equal("Running", _session.Run("$job.State").Single().ToString());
        hold.Dispose();
        Assert.Single(_session.Run("$job | Receive-IocEnrichmentResult -Wait"));
    }

    [Fact]
    public async Task Stopping_a_pipeline_that_started_a_job_and_waits_for_it_leaves_the_job_running()
    {
        IDisposable hold = _session.Server.Hold();
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        IAsyncResult waiting = shell.AddScript("'a.example.com' | Start-IocEnrichment @To -Name mine | Receive-IocEnrichmentResult -Wait").BeginInvoke();
        await _session.RequestsAsync(static requests => requests.InFlight == 1);
        await Task.Run(() => SpinWait.SpinUntil(() => shell.Streams.Progress.Count > 0, ModuleSession.Limit));

        shell.Stop();

        Assert.True(waiting.IsCompleted);
        hold.Dispose();
        Assert.Single(_session.Run("Receive-IocEnrichmentResult -Name mine -Wait"));
    }

    [Fact]
    public void A_job_that_was_received_in_full_can_be_removed_with_that()
    {
        Assert.Equal(10, _session.Run($"{Ten} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait -AutoRemoveJob").Count);

        Assert.Empty(_session.Run("Get-Job; Get-IocEnrichmentJob"));
    }

    [Theory]
    [InlineData("-AutoRemoveJob")]
    [InlineData("-AutoRemoveJob -Wait -Keep")]
    public void Parameters_that_contradict_each_other_are_refused(string parameters)
    {
        ErrorRecord error = _session.Fail($"{Ten} | Start-IocEnrichment @To | Receive-IocEnrichmentResult {parameters}");

        Assert.StartsWith("ParametersContradict,", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void Jobs_can_be_selected_by_their_state_and_are_snapshots()
    {
        using IDisposable hold = _session.Server.Hold();
        _session.Run("$null = 'a.example.com' | Start-IocEnrichment @To -Name runs; $null = 'CVE-2021-44228' | Start-IocEnrichment @To -Name done | Wait-Job");

        Assert.Equal(["runs"], ModuleSession.Lines(_session.Run("Get-IocEnrichmentJob -State Running"), "Name"));
        Assert.Equal(["done"], ModuleSession.Lines(_session.Run("Get-IocEnrichmentJob -State Completed, Failed"), "Name"));
        Assert.Equal(["0 of 1"], ModuleSession.Lines(_session.Run("Get-IocEnrichmentJob runs"), "StatusMessage"));
        Assert.Equal(["1 1 0 True"], ModuleSession.Lines(_session.Run("(Get-IocEnrichmentJob done).Summary"), "Total", "Skipped", "Requests", "InputComplete"));
    }

    [Theory]
    [InlineData("*>&1", "EnrichmentResult 3, ErrorRecord 1, VerboseRecord 1, WarningRecord 1", 0, 0)]
    [InlineData("2>&1", "EnrichmentResult 3, ErrorRecord 1", 0, 1)]
    [InlineData("3>&1", "EnrichmentResult 3, WarningRecord 1", 1, 0)]
    [InlineData("4>&1", "EnrichmentResult 3, VerboseRecord 1", 1, 1)]
    [InlineData("", "EnrichmentResult 3", 1, 1)]
    public void A_redirected_stream_comes_with_the_results_and_none_of_them_is_lost(string redirection, string expected, int errors, int warnings)
    {
        // The warning is that of a job that leaves the list; a verbose line that PowerShell itself writes is not counted.
        _session.Server.Faults.Add("400@fails.*");
        _session.Run("Set-IocEnrichmentOption -MaximumJobCount 1; $null = 'first.example.com' | Start-IocEnrichment @To | Wait-Job");

        PSObject[] all = [.. _session.Run($"& {{ 'fails.example.com', 'works.example.com', '10.0.0.5' | Start-IocEnrichment @To -Verbose | Receive-IocEnrichmentResult -Wait }} {redirection}")];

        IEnumerable<string> kinds = all.Where(static item => !item.ToString().StartsWith("Performing", StringComparison.Ordinal)).GroupBy(static item => item.BaseObject.GetType().Name).OrderBy(static kind => kind.Key).Select(static kind => $"{kind.Key} {kind.Count()}");
        Assert.Equal(expected, string.Join(", ", kinds));
        Assert.Equal((errors, warnings), (_session.Errors.Count, _session.Warnings.Count));
        if (expected.Contains("ErrorRecord", StringComparison.Ordinal))
        {
            // Beside what failed.
            int failed = Array.FindIndex(all, static item => item.BaseObject is ErrorRecord);
            Assert.StartsWith("fails.example.com", all[failed - 1].ToString(), StringComparison.Ordinal);
        }
    }
}
