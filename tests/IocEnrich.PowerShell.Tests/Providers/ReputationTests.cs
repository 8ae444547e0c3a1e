using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Providers;

/// <summary>
/// A provider that is not VirusTotal, through the cmdlets that people use: a folder and a line of registration are all that it takes. Its
/// key comes from its own variable.
/// </summary>
public sealed class ReputationTests : IAsyncLifetime
{
    private const string Bad = """{"subject":"203.0.114.9","seen":[{"by":"a","rating":"bad"},{"by":"b","rating":"bad"},{"by":"c","rating":"bad"},{"by":"d","rating":"fine"}],"holder":"Halyard \u001b[31m","cc":"DE"}""";

    private ReputationServer _server = null!;
    private ModuleSession _session = null!;

    public async Task InitializeAsync()
    {
        _server = ReputationServer.Start();
        _server.Reports["203.0.114.9"] = Bad;
        _session = await ModuleSession.StartAsync();
        _session.UseProvider("Reputation");
        _session.Run($"$env:REPUTATION_TOKEN = '{_server.Token}'; Set-IocEnrichmentOption -Endpoint {_server.Endpoint}");
    }

    public async Task DisposeAsync()
    {
        _session.Run("Remove-Item Env:REPUTATION_TOKEN -ErrorAction Ignore");
        await _session.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public void What_it_knows_is_found_what_it_does_not_is_not_and_what_it_cannot_look_up_is_skipped_in_its_name()
    {
        string[] lines = ModuleSession.Lines(
            _session.Run("'203.0.114.9', '1.1.1.1', 'evil.example.com', '10.0.0.5' | Start-IocEnrichment -NoCache | Receive-IocEnrichmentResult -Wait"),
            "Indicator", "Status", "Verdict", "Detections", "Country", "AsOwner", "Provider", "Link", "Reason");

        Assert.Empty(_session.Errors);
        Assert.Equal(
            [
                "1.1.1.1 NotFound Unknown    Reputation  ",
                "10.0.0.5 Skipped Unknown      Skipped 10.0.0.5: private address (10.0.0.0/8, RFC 1918).",
                @"203.0.114.9 Found Malicious 3/4 DE Halyard \u{001B}[31m Reputation https://reputation.example/address/203.0.114.9 ",
                "evil.example.com Skipped Unknown      Skipped evil.example.com: Reputation has no lookup for domains.",
            ],
            lines);
        Assert.Equal(["1.1.1.1", "203.0.114.9"], _server.Asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_cached_answer_says_the_same_at_no_cost_and_its_verdict_follows_the_thresholds()
    {
        _session.Run("'203.0.114.9' | Start-IocEnrichment | Receive-IocEnrichmentResult -Wait");
        _session.Run("Set-IocEnrichmentOption -MaliciousThreshold 4");

        PSObject cached = _session.Run("'203.0.114.9' | Start-IocEnrichment -IncludeReport | Receive-IocEnrichmentResult -Wait").Single();

        Assert.Equal(
            @"203.0.114.9 True 0 Suspicious 3/4 Halyard \u{001B}[31m Reputation https://reputation.example/address/203.0.114.9",
            ModuleSession.Lines([cached], "Indicator", "FromCache", "Requests", "Verdict", "Detections", "AsOwner", "Provider", "Link").Single());
        Assert.Equal("d", _session.Run("$r.Report.seen[3].by", ("r", cached)).Single().ToString());
        Assert.Single(_server.Asked);
    }

    [Fact]
    public void A_refused_key_ends_the_job_and_the_error_says_where_to_find_the_right_one()
    {
        _session.Run("$env:REPUTATION_TOKEN = 'another'; '203.0.114.9' | Start-IocEnrichment -NoCache | Receive-IocEnrichmentResult -Wait");

        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("KeyRefused,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("wants another token", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("reputation.example, under Account", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(_server.Asked);
    }

    [Fact]
    public void A_429_pauses_and_is_tried_once_more()
    {
        _server.Refusals = 1;

        Assert.Equal(
            "Found 2",
            ModuleSession.Lines(_session.Run("'203.0.114.9' | Start-IocEnrichment -NoCache | Receive-IocEnrichmentResult -Wait"), "Status", "Requests").Single());
    }

    [Fact]
    public void Its_key_is_looked_for_in_its_own_variable_and_a_wrong_one_is_described_in_its_words()
    {
        _session.Run("Remove-Item Env:REPUTATION_TOKEN");

        ErrorRecord missing = _session.Fail("Start-IocEnrichment 1.1.1.1");
        ErrorRecord wrong = _session.Fail("Set-IocEnrichmentOption -ApiKey ([System.Net.NetworkCredential]::new('', 'two words').SecurePassword)");

        Assert.Contains("No Reputation key was found", missing.ToString(), StringComparison.Ordinal);
        Assert.Contains("$env:REPUTATION_TOKEN = '<your key>'", missing.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("VT_API_KEY", missing.ToString() + missing.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("A key of Reputation has 20 letters.", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_own_endpoint_and_limits_are_the_defaults_and_its_quota_is_what_is_counted_here()
    {
        _session.Run("'203.0.114.9', '1.1.1.1' | Start-IocEnrichment -NoCache | Receive-IocEnrichmentResult -Wait");
        PSObject quota = _session.Run("Get-IocEnrichmentQuota").Single();

        Assert.Empty(_session.Errors);
        Assert.StartsWith("2 of 1,000 used", quota.Properties["LocalDay"].Value.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("2 of 60 used", quota.Properties["LocalMinute"].Value.ToString(), StringComparison.Ordinal);
        Assert.Equal(("127.0.0.1", null), (quota.Properties["Service"].Value, quota.Properties["Day"].Value));
        Assert.Equal(
            "https://api.reputation.example/ 60 1000 (set) $env:REPUTATION_TOKEN",
            _session.Run("Set-IocEnrichmentOption -Reset Endpoint; $o = @{}; Get-IocEnrichmentOption | ForEach-Object { $o[$_.Name] = $_ }; '{0} {1} {2} {3} {4}' -f $o.Endpoint.Value, $o.RequestsPerMinute.Value, $o.RequestsPerDay.Value, $o.ApiKey.Value, $o.ApiKey.Origin").Single().ToString());
    }
}
