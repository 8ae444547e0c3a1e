using System.Diagnostics;
using System.Management.Automation;
using System.Reflection;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>What a wait shows, how often, and that it is taken away however the wait ends.</summary>
public sealed class WaitProgressTests : IAsyncLifetime
{
    private const string Ten = "1..10 | ForEach-Object { \"host$_.example.com\" }";

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("-Wait")]
    [InlineData("-TimeoutSec 60")]
    [InlineData("-Wait -ErrorAction Stop", "400")]
    [InlineData("-Wait | ForEach-Object { break }")]
    [InlineData("-Wait | Select-Object -First 1")]
    [InlineData("-Wait | ForEach-Object { throw 'a reason' }")]
    public async Task It_is_completed_however_the_wait_ends(string receive, string? fault = null)
    {
        if (fault is not null)
        {
            _session.Server.Faults.Add(fault);
        }

        IDisposable hold = _session.Server.Hold();
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        Task<ProgressRecord[]> watching = Task.Run(() => Watch(
            shell, $"Import-Module -Assembly $Tests; $job = {Ten} | Start-IocEnrichment @To; foreach ($once in 1) {{ $job | Receive-IocEnrichmentResult {receive} }}"));
        await Task.Run(() => SpinWait.SpinUntil(() => Own(shell).Length > 0, ModuleSession.Limit));
        hold.Dispose();
        ProgressRecord[] own = await watching;

        Assert.Single(own, static record => record.RecordType == ProgressRecordType.Completed);
        Assert.Equal(ProgressRecordType.Completed, own[^1].RecordType);
        Assert.EndsWith(" of 10", own[0].StatusDescription.Split(',')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_while_a_later_command_works_on_a_result_loses_nothing()
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        using ManualResetEventSlim entered = new();
        _session.Runspace.SessionStateProxy.SetVariable("Entered", entered);
        IAsyncResult running = shell.AddScript(
            $"$job = {Ten} | Start-IocEnrichment @To; $job | Receive-IocEnrichmentResult -Wait | ForEach-Object {{ $Entered.Set(); while ($true) {{ }} }}").BeginInvoke();
        await Task.Run(() => entered.Wait(ModuleSession.Limit));

        shell.Stop();

        Assert.True(running.IsCompleted);
        Assert.Equal(10, _session.Run("$job | Receive-IocEnrichmentResult -Wait").Count);
    }

    [Fact]
    public async Task It_is_completed_after_Ctrl_C_as_well()
    {
        using IDisposable hold = _session.Server.Hold();
        using System.Management.Automation.PowerShell shell = await StopWhileWaiting("", isShown: true);

        ProgressRecord[] own = Own(shell);
        Assert.Equal(ProgressRecordType.Completed, own[^1].RecordType);
        Assert.Equal(own[0].ActivityId, own[^1].ActivityId);
    }

    [Theory]
    [InlineData("$ProgressPreference = 'SilentlyContinue'")]
    [InlineData("$ProgressPreference = 'Ignore'")]
    [InlineData("$PSDefaultParameterValues = @{ 'Receive-IocEnrichmentResult:ProgressAction' = 'SilentlyContinue' }")]
    public async Task Where_nobody_wants_to_see_it_there_is_none_not_even_its_end(string preference)
    {
        // The engine drops what a cmdlet shows then; but not what is sent to the host after Ctrl+C.
        using IDisposable hold = _session.Server.Hold();
        using System.Management.Automation.PowerShell shell = await StopWhileWaiting(preference);

        Assert.Empty(Own(shell));
    }

    [Fact]
    public async Task It_is_shown_five_times_a_second_at_most_however_fast_results_come()
    {
        await using ModuleSession slow = await ModuleSession.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(4) });
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(slow.Runspace);
        Stopwatch watch = Stopwatch.StartNew();

        shell.AddScript("1..400 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait").Invoke();

        // The slower the machine, the more there may be: this is about the rate. Without it there would be hundreds.
        int most = (int)(watch.Elapsed / TimeSpan.FromMilliseconds(200)) + 2;
        Assert.InRange(Own(shell).Length, 2, most);
    }

    [Fact]
    public void Under_the_limit_the_time_to_the_end_is_known_before_the_first_minute_is_over()
    {
        ProgressRecord[] own = Watch(
            "1..24 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment -Endpoint $Endpoint -ApiKey $Key | Receive-IocEnrichmentResult -TimeoutSec 3");

        // 4 at once, and the other 20 in five further minutes; not what the first second makes one believe.
        ProgressRecord last = own[^2];
        Assert.InRange(last.SecondsRemaining, 280, 361);
        Assert.Contains(", ends about ", last.StatusDescription, StringComparison.Ordinal);
        Assert.InRange(last.PercentComplete, 0, 17);
        Assert.Equal(ProgressRecordType.Completed, own[^1].RecordType);
        Assert.Equal("Running", _session.Run("(Get-IocEnrichmentJob).State").Single().ToString());
    }

    [Fact]
    public void A_budget_that_will_not_suffice_is_told_at_once()
    {
        ProgressRecord[] own = Watch(
            "$job = 1..1000 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment -Endpoint $Endpoint -ApiKey $Key -RequestsPerDay 20; $job | Receive-IocEnrichmentResult -TimeoutSec 3");

        Assert.Contains(own, static record => record.StatusDescription.Contains(" with 980 not looked up (daily quota)", StringComparison.Ordinal));
        Assert.Equal(980, _session.Run("$job.Summary.BeyondBudget").Single().BaseObject);
    }

    private async Task<System.Management.Automation.PowerShell> StopWhileWaiting(string preference, bool isShown = false)
    {
        System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        shell.AddScript($"{preference}\n'CVE-2021-44228', 'a.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait -Verbose | ForEach-Object {{ $global:Seen = $true; $_ }}");
        PSDataCollection<PSObject> output = [];
        IAsyncResult waiting = shell.BeginInvoke<PSObject, PSObject>(null, output);
        await _session.RequestsAsync(static requests => requests.InFlight == 1);
        await Task.Run(() => SpinWait.SpinUntil(() => output.Count > 0 && (!isShown || Own(shell).Length > 0), ModuleSession.Limit));

        shell.Stop();

        Assert.True(waiting.IsCompleted);
        return shell;
    }

    private ProgressRecord[] Watch(string script)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        return Watch(shell, script);
    }

    private ProgressRecord[] Watch(System.Management.Automation.PowerShell shell, string script)
    {
        _session.Runspace.SessionStateProxy.SetVariable("Tests", Assembly.GetExecutingAssembly());
        try
        {
            shell.AddScript(script).Invoke();
        }
        catch (RuntimeException)
        {
            // A terminating error is one of the ends that are looked at.
        }

        return Own(shell);
    }

    private static ProgressRecord[] Own(System.Management.Automation.PowerShell shell) =>
        [.. shell.Streams.Progress.Where(static record => record.Activity == "Looking up indicators")];
}
