using System.Management.Automation;
using System.Net;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Commands;

public sealed class QuotaTests : IAsyncLifetime
{
    // Its own for each test: another one's emulator may have had the same port, and what a key has asked there is counted.
    private readonly string _canary = $"canary{Guid.NewGuid():N}{Guid.NewGuid():N}"[..61];

    private ModuleSession _session = null!;

    public async Task InitializeAsync()
    {
        _session = await ModuleSession.StartAsync(new EmulatorOptions { ApiKeys = [_canary], RequestsPerMinute = 4, RequestsPerDay = 500 });
        _session.Run("Set-IocEnrichmentOption -Endpoint $Endpoint -ApiKey $Secret -NoCache", ("Secret", new NetworkCredential("", _canary).SecurePassword));
    }

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public void It_tells_what_the_service_says_and_what_is_counted_here_and_costs_nothing()
    {
        _session.Run("'a.example.com', 'b.example.com', 'CVE-2021-44228' | Start-IocEnrichment | Receive-IocEnrichmentResult -Wait");

        PSObject quota = _session.Run("Get-IocEnrichmentQuota | Out-Null; Get-IocEnrichmentQuota").Single();

        Assert.Empty(_session.Errors);
        Assert.StartsWith("2 of 240 used, 238 left", quota.Properties["Hour"].Value.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("2 of 500 used, 498 left until ", quota.Properties["Day"].Value.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("2 of 15,500 used", quota.Properties["Month"].Value.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("2 of 500 used, 498 left until ", quota.Properties["LocalDay"].Value.ToString(), StringComparison.Ordinal);
        Assert.Null(quota.Properties["Estimate"].Value);
        Assert.Equal("2 498", _session.Run("$q = Get-IocEnrichmentQuota; '{0} {1}' -f $q.Day.Used, $q.LocalDay.Left").Single().ToString());
    }

    [Fact]
    public async Task What_another_process_has_asked_with_the_key_is_counted_by_both()
    {
        _session.Run("'a.example.com' | Start-IocEnrichment | Receive-IocEnrichmentResult -Wait");
        string endpoint = _session.Server.Endpoint.AbsoluteUri;

        PwshResult other = await PwshProcess.RunAsync(
            $"$null = 'b.example.com', 'c.example.com' | Start-IocEnrichment -Endpoint {endpoint} -NoCache | Receive-IocEnrichmentResult -Wait; (Get-IocEnrichmentQuota -Endpoint {endpoint}).LocalDay.Used",
            ("VT_API_KEY", _canary));

        Assert.Equal(("3", ""), (other.Output.Trim(), other.Error));
        Assert.Equal("3 of 500 used, 497 left", _session.Run("[string] (Get-IocEnrichmentQuota).LocalDay").Single().ToString()!.Split(" until ")[0]);
    }

    [Theory]
    [InlineData("-Count 1", "False True")]
    [InlineData("-Count 40 -RequestsPerDay 0", "False False")]
    [InlineData("20 -RequestsPerDay 8 -RequestsPerMinute 0", "True False")]
    public void It_tells_how_long_a_list_would_take(string parameters, string expected)
    {
        PSObject said = _session.Run($"$e = (Get-IocEnrichmentQuota {parameters}).Estimate; '{{0}} {{1}}' -f ($e.Runs -gt 1), ($e.Duration -eq 0); [string]$e")[0];

        Assert.Equal(expected, said.ToString());
    }

    [Fact]
    public void The_limits_of_the_session_and_of_the_call_count()
    {
        _session.Run("Set-IocEnrichmentOption -RequestsPerMinute 2");

        Assert.Equal("2 a minute, 500 a day and 15,500 a month", _session.Run("(Get-IocEnrichmentQuota 1).Estimate.Limits").Single().ToString());
        Assert.Equal("1 a minute, 300 a day and 15,500 a month", _session.Run("(Get-IocEnrichmentQuota 1 -RequestsPerMinute 1 -RequestsPerDay 300).Estimate.Limits").Single().ToString());
    }

    [Theory]
    [InlineData("404", "Rejected")]
    [InlineData("429", "QuotaExceeded")]
    [InlineData("html:503", "ServiceFault")]
    [InlineData("reset", "Network")]
    [InlineData("stall", "Timeout")]
    public void Where_the_service_says_nothing_the_rest_is_told_with_an_error_that_shows_no_key(string fault, string kind)
    {
        _session.Server.Faults.Add(fault + "@account");

        // Only what never answers is waited for in vain: the others may take as long as they do.
        string told = string.Join(' ', _session.Run("""
            $VerbosePreference = $DebugPreference = 'Continue'
            $quota = Get-IocEnrichmentQuota -Count 10 -TimeoutSec $Patience -Verbose -Debug *>&1
            $quota
            $Error | ForEach-Object { $_; $_.Exception.ToString(); $_.ErrorDetails; $_.InvocationInfo.Line; [System.Management.Automation.PSSerializer]::Serialize($_, 5) }
            ($quota | Where-Object { $_.LocalDay }).LocalDay
            '{0} {1}' -f $Error[0].FullyQualifiedErrorId, $Error[0].Exception.Error.Kind
            """,
            ("Patience", kind == "Timeout" ? 1 : 600)));

        Assert.EndsWith($"QuotaNotTold,IocEnrich.PowerShell.Commands.GetIocEnrichmentQuotaCommand {kind}", told, StringComparison.Ordinal);
        Assert.Contains("0 of 500 used", told, StringComparison.Ordinal);
        Assert.DoesNotContain("canary0f3b", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("overall_quotas", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_breaks_the_question_off()
    {
        using IDisposable hold = _session.Server.Hold();
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        IAsyncResult running = shell.AddScript("Get-IocEnrichmentQuota -TimeoutSec 3600").BeginInvoke();
        await _session.RequestsAsync(static log => log.InFlight == 1);

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        await _session.RequestsAsync(static log => log.Aborted == 1);
    }
}
