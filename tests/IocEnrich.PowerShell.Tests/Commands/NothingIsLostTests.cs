using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>A command that ends before its time leaves no job that waits for ever, and takes no result with it.</summary>
public sealed class NothingIsLostTests : IAsyncLifetime
{
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("$VerbosePreference = 'Stop'; 'a.example.com' | Start-IocEnrichment @To")]
    [InlineData("'a.example.com' | Start-IocEnrichment @To -Verbose -ErrorVariable e 4>&1 | ForEach-Object { throw 'enough' }")]
    [InlineData("Set-IocEnrichmentOption -MaximumJobCount 1; $null = 'CVE-2021-44228' | Start-IocEnrichment @To | Wait-Job; 'a.example.com' | Start-IocEnrichment @To -WarningAction Stop")]
    [InlineData("'a.example.com' | Start-IocEnrichment @To | Select-Object -First 0")]
    [InlineData("'a.example.com' | Start-IocEnrichment @To | ForEach-Object { throw 'enough' }")]
    [InlineData("& { 'a.example.com'; throw 'enough' } | Start-IocEnrichment @To")]
    [InlineData("foreach ($once in 1) { & { 'a.example.com'; break } | Start-IocEnrichment @To }")]
    public void Whatever_ends_the_command_that_starts_a_job_the_job_ends(string script)
    {
        _session.Run($"try {{ {script} }} catch {{ }}");

        Assert.Equal(0, _session.Run("$null = Get-IocEnrichmentJob | Wait-Job -Timeout 60; @(Get-IocEnrichmentJob -State Running).Count").Single().BaseObject);
    }

    [Theory]
    [InlineData("$r = $job | Receive-IocEnrichmentResult -Wait -ErrorAction Stop")]
    [InlineData("$r = Receive-IocEnrichmentResult -Name mine -Wait -ErrorAction Stop")]
    [InlineData("$r = & { $job | Receive-IocEnrichmentResult -Wait -ErrorAction Stop }")]
    [InlineData("$null = $job | Wait-Job; $r = $job | Receive-IocEnrichmentResult -ErrorAction Stop")]
    public void What_a_variable_should_have_got_is_back_in_the_job_where_an_error_ends_the_call(string receive)
    {
        _session.Server.Faults.Add("400@fails.*");
        _session.Run("$job = 'CVE-2021-44228', 'a.example.com', 'b.example.com', 'fails.example.com', '10.0.0.1' | Start-IocEnrichment @To -Name mine");

        ErrorRecord error = _session.Fail(receive);

        Assert.StartsWith("Rejected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Null(_session.Run("$r").Single());
        Assert.Equal(
            ["10.0.0.1", "CVE-2021-44228", "a.example.com", "b.example.com", "fails.example.com"],
            ModuleSession.Lines(_session.Run("$job | Receive-IocEnrichmentResult -Wait -ErrorAction SilentlyContinue"), "Indicator"));
    }

    [Fact]
    public void The_reason_why_a_job_ended_goes_back_with_its_results()
    {
        _session.Server.Faults.Add("401");
        _session.Run("$job = 1..9 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment @To");

        Assert.StartsWith("JobEndedEarly,", _session.Fail("$r = $job | Receive-IocEnrichmentResult -Wait -ErrorAction Stop").FullyQualifiedErrorId, StringComparison.Ordinal);

        Assert.Equal(9, _session.Run("$job | Receive-IocEnrichmentResult -Wait").Count);
        Assert.StartsWith("JobEndedEarly,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_variable_should_have_got_is_back_in_the_job_after_Ctrl_C()
    {
        IDisposable hold = _session.Server.Hold();
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        IAsyncResult waiting = shell.AddScript("$r = 'CVE-2021-44228', '10.0.0.1', 'a.example.com' | Start-IocEnrichment @To -Name mine | Receive-IocEnrichmentResult -Wait").BeginInvoke();
        await _session.RequestsAsync(static requests => requests.InFlight == 1);
        await Task.Run(() => SpinWait.SpinUntil(() => shell.Streams.Progress.Count > 0, ModuleSession.Limit));

        shell.Stop();

        Assert.True(waiting.IsCompleted);
        hold.Dispose();
        Assert.Equal(["10.0.0.1", "CVE-2021-44228", "a.example.com"], ModuleSession.Lines(_session.Run("Receive-IocEnrichmentResult -Name mine -Wait"), "Indicator"));
    }

    [Fact]
    public void A_job_has_more_data_as_long_as_it_runs()
    {
        using (_session.Server.Hold())
        {
            Assert.Equal(true, _session.Run("$job = 'a.example.com' | Start-IocEnrichment @To; $job.HasMoreData").Single().BaseObject);
        }

        Assert.Equal(false, _session.Run("$null = $job | Receive-IocEnrichmentResult -Wait; $job.HasMoreData").Single().BaseObject);
    }
}
