using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Jobs;

/// <summary>PowerShell's own job cmdlets, and how they go together with ours.</summary>
public sealed class NativeJobTests : IAsyncLifetime
{
    private const string Ten = "1..10 | ForEach-Object { \"host$_.example.com\" }";

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("Wait-Job | Receive-Job")]
    [InlineData("Receive-Job -Wait")]
    [InlineData("Receive-Job -Wait -AutoRemoveJob")]
    [InlineData("Receive-IocEnrichmentResult -Wait")]
    [InlineData("Wait-Job | Receive-IocEnrichmentResult")]
    [InlineData("Receive-IocEnrichmentResult -TimeoutSec 60")]
    public void All_ways_to_receive_give_the_same_results(string receive)
    {
        _session.Server.Faults.Add("400@host3.example.com");

        string[] results = ModuleSession.Lines(_session.Run($"{Ten} | Start-IocEnrichment @To | {receive}"), "Indicator");

        Assert.Equal(Enumerable.Range(1, 10).Select(static number => $"host{number}.example.com").Order(StringComparer.Ordinal), results);
        Assert.Equal("Rejected", Assert.Single(_session.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void Looking_at_a_job_at_the_very_moment_it_ends_neither_hangs_nor_fails()
    {
        // The end of these jobs falls before, into and after the moment in which Receive-Job attaches itself to their streams.
        int results = _session.Run("1..400 | ForEach-Object { 'CVE-2021-44228' | Start-IocEnrichment @To | Receive-Job -Wait -AutoRemoveJob }").Count;

        Assert.Equal(400, results);
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_job_can_be_removed_by_who_sees_its_end_and_by_who_is_told_of_it_and_is_gone_afterwards(bool bySeer, bool byTold)
    {
        // As Receive-Job -Wait -AutoRemoveJob does it: it sees the end on its own thread, while its handler still waits to go on.
        Job job = (Job)_session.Run("$pipeline = { Start-IocEnrichment @To -Name empty }.GetSteppablePipeline(); $pipeline.Begin($true); Get-IocEnrichmentJob empty").Single().BaseObject;
        JobRepository repository = (JobRepository)_session.Run("function Get-Repository { [CmdletBinding()] param() $PSCmdlet.JobRepository }; Get-Repository").Single().BaseObject;
        TaskCompletionSource<bool> told = new();
        job.StateChanged += (_, _) =>
        {
            Exception? problem = null;
            if (bySeer)
            {
                Thread seer = new(() => problem = Record.Exception(Remove));
                seer.Start();
                seer.Join();
            }

            problem ??= byTold ? Record.Exception(Remove) : null;
            told.TrySetResult(problem is null && (!byTold || repository.GetJob(job.InstanceId) is null));
        };

        _session.Run("$pipeline.End()");

        Assert.True(await told.Task.WaitAsync(ModuleSession.Limit));
        await Task.Run(() => Assert.True(SpinWait.SpinUntil(() => repository.GetJob(job.InstanceId) is null, ModuleSession.Limit)));

        void Remove()
        {
            repository.Remove(job);
            job.Dispose();
        }
    }

    [Fact]
    public void What_one_way_leaves_the_other_receives()
    {
        _session.Run($"$job = {Ten} | Start-IocEnrichment @To; $null = $job | Wait-Job");

        string[] first = ModuleSession.Lines(_session.Run("do { $job | Receive-IocEnrichmentResult | ForEach-Object { $_; break } } while ($false)"), "Indicator");
        string[] kept = ModuleSession.Lines(_session.Run("$job | Receive-Job -Keep"), "Indicator");
        string[] second = ModuleSession.Lines(_session.Run("do { $job | Receive-IocEnrichmentResult | ForEach-Object { $_; break } } while ($false)"), "Indicator");
        string[] rest = ModuleSession.Lines(_session.Run("$job | Receive-Job"), "Indicator");

        Assert.Single(first);
        Assert.Equal(9, kept.Length);
        Assert.Single(second);
        Assert.Equal(8, rest.Length);
        Assert.Equal(10, first.Concat(second).Concat(rest).Distinct().Count());
        Assert.Empty(_session.Run("$job | Receive-Job; $job | Receive-IocEnrichmentResult"));
        Assert.Equal(false, _session.Run("$job.HasMoreData").Single().BaseObject);
    }

    [Fact]
    public void Keeping_leaves_the_results_for_the_next()
    {
        int count = _session.Run($"""
            $job = {Ten} | Start-IocEnrichment @To
            $job | Receive-IocEnrichmentResult -Wait -Keep
            $job | Receive-IocEnrichmentResult -Keep
            $job | Receive-IocEnrichmentResult
            $job | Receive-IocEnrichmentResult
            """).Count;

        Assert.Equal(30, count);
    }

    [Fact]
    public async Task A_job_that_runs_gives_what_is_there_through_either_way_and_stays_running()
    {
        _session.Run("$job = 'a.example.com' | Start-IocEnrichment @To; $null = $job | Wait-Job; $null = $job | Receive-Job");
        IDisposable hold = _session.Server.Hold();
        _session.Run($"$job = 'CVE-2021-44228', 'nonsense text', 'b.example.com' | Start-IocEnrichment @To");
        await _session.RequestsAsync(static requests => requests.InFlight == 1);

        int natively = _session.Run("$job | Receive-Job").Count;
        Assert.Equal("Running", _session.Run("$job.State").Single().ToString());
        hold.Dispose();
        int rest = _session.Run("$job | Receive-IocEnrichmentResult -Wait").Count;

        Assert.Equal((2, 1), (natively, rest));
    }

    [Theory]
    [InlineData("$job | Stop-Job")]
    [InlineData("$job | Remove-Job -Force")]
    public async Task Stopping_and_removing_end_a_running_job_and_leave_nothing_running(string script)
    {
        using IDisposable hold = _session.Server.Hold();
        _session.Run("$job = 1..50 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment @To");
        await _session.RequestsAsync(static requests => requests.InFlight == 4);

        _session.Run(script);

        await _session.RequestsAsync(static requests => requests is { InFlight: 0, Aborted: 4 });
        Assert.Empty(_session.Errors);
        string[] results = ModuleSession.Lines(_session.Run("$job | Receive-IocEnrichmentResult -ErrorAction SilentlyContinue"), "Indicator", "Status");
        Assert.Equal(50, results.Distinct().Count());
        Assert.All(results, static result => Assert.EndsWith(" Failed", result));
        Assert.Equal(4, _session.Server.Requests.Total);
    }

    [Fact]
    public void A_stopped_job_says_so()
    {
        using IDisposable hold = _session.Server.Hold();

        PSObject state = _session.Run("$job = 'a.example.com' | Start-IocEnrichment @To; $job | Stop-Job; $job | Stop-Job; $job.State").Single();

        Assert.Equal("Stopped", state.ToString());
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public async Task Closing_the_runspace_ends_what_runs_in_it_and_nothing_else()
    {
        using IDisposable hold = _session.Server.Hold();
        ModuleSession other = _session.Another();
        _session.Run("$null = 'mine.example.com' | Start-IocEnrichment @To");
        other.Run($"$null = {Ten} | Start-IocEnrichment @To");
        await _session.RequestsAsync(static requests => requests.InFlight == 5);

        other.Runspace.Close();

        await _session.RequestsAsync(static requests => requests is { InFlight: 1, Aborted: 4 });
        Assert.Equal("Running", _session.Run("(Get-IocEnrichmentJob).State").Single().ToString());
        other.Runspace.Dispose();
    }

    [Fact]
    public async Task Stopping_the_pipeline_that_feeds_a_job_ends_the_job()
    {
        using IDisposable hold = _session.Server.Hold();
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        using CancellationTokenSource never = new();
        _session.Runspace.SessionStateProxy.SetVariable("Never", never.Token);
        shell.AddScript("& { 'a.example.com'; $null = $Never.WaitHandle.WaitOne(100); while ($true) { } } | Start-IocEnrichment @To");
        IAsyncResult running = shell.BeginInvoke();
        await _session.RequestsAsync(static requests => requests.InFlight == 1);

        shell.Stop();

        Assert.ThrowsAny<RuntimeException>(() => shell.EndInvoke(running));
        await _session.RequestsAsync(static requests => requests is { InFlight: 0, Aborted: 1 });
        Assert.Equal("Stopped", _session.Run("(Get-IocEnrichmentJob | Wait-Job).State").Single().ToString());
    }

    [Fact]
    public void An_input_that_breaks_off_stops_the_job()
    {
        Assert.ThrowsAny<RuntimeException>(() => _session.Run("& { 'a.example.com'; throw 'the source broke' } | Start-IocEnrichment @To"));

        Assert.Equal("Stopped", _session.Run("(Get-IocEnrichmentJob | Wait-Job).State").Single().ToString());
    }

    [Fact]
    public void The_list_keeps_a_hundred_jobs_and_what_a_variable_holds_can_still_be_received()
    {
        _session.Run("$jobs = 1..100 | ForEach-Object { 'CVE-2021-44228' | Start-IocEnrichment @To -Name \"job $_\" }; $null = $jobs | Wait-Job");
        _session.Run("$null = $jobs[1] | Receive-IocEnrichmentResult; $null = $jobs[2] | Receive-Job");

        _session.Run("$more = 1..3 | ForEach-Object { 'CVE-2021-44228' | Start-IocEnrichment @To | Wait-Job }");

        Assert.Contains("(job 1) was removed from the session's list", Assert.Single(_session.Warnings));
        Assert.Equal(
            [false, false, false, true],
            _session.Run("$jobs[0..3] | ForEach-Object { (Get-Job).InstanceId -contains $_.InstanceId }").Select(static listed => (bool)listed.BaseObject));
        Assert.Equal(100, _session.Run("Get-IocEnrichmentJob").Count);
        Assert.Single(_session.Run("$jobs[0] | Receive-IocEnrichmentResult"));
    }
}
