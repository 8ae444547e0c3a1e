using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>What the engine offers when somebody presses Tab at the end of a line.</summary>
public sealed class CompletionTests : IAsyncLifetime
{
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("Get-IocEnrichmentJob -State ", "Completed Failed Running Stopped")]
    [InlineData("Get-IocEnrichmentJob -State Running, S", "Stopped")]
    [InlineData("Find-Ioc -Type sha", "Sha1 Sha256")]
    public void Only_states_and_types_that_there_can_be_are_offered(string line, string offered) =>
        Assert.Equal(offered, string.Join(' ', Complete(line).CompletionMatches.Select(static match => match.CompletionText)));

    [Theory]
    [InlineData("Get-IocEnrichmentOption Req", "RequestsPerMinute RequestsPerDay")]
    [InlineData("Get-IocEnrichmentOption *thresh", "MaliciousThreshold SuspiciousThreshold")]
    [InlineData("Set-IocEnrichmentOption -Reset 'Throttle", "'ThrottleLimit'")]
    public void Options_are_offered_with_what_they_are_and_what_they_do(string line, string offered)
    {
        CommandCompletion completion = Complete(line);

        Assert.Equal(offered, string.Join(' ', completion.CompletionMatches.Select(static match => match.CompletionText)));
        Assert.All(completion.CompletionMatches, static match => Assert.Matches($@"^{match.ListItemText} = \d+ \(Default\)\. .+\.$", match.ToolTip));
    }

    [Theory]
    [InlineData("Receive-IocEnrichmentResult -Id 1 | Where-Object Verdict -eq ", "Unknown Undetected Harmless Suspicious Malicious")]
    [InlineData("Receive-IocEnrichmentResult -Id 1 | Where-Object Status -eq F", "Found Failed")]
    [InlineData("Receive-IocEnrichmentResult -Id 1 | Where-Object { $_.Verdict -eq ", "'Unknown' 'Undetected' 'Harmless' 'Suspicious' 'Malicious'")]
    [InlineData("Find-Ioc -Path x | Where-Object Type -eq Sha", "Sha1 Sha256")]
    [InlineData("Get-IocEnrichmentOption | Where-Object Source -eq ", "Default File Environment Session")]
    public void Verdicts_and_states_are_offered_where_results_are_filtered(string line, string offered) =>
        Assert.Equal(offered, string.Join(' ', Complete(line).CompletionMatches.Select(static match => match.CompletionText)));

    [Theory]
    [InlineData("plain", "Get-IocEnrichmentJob ", "plain")]
    [InlineData("two words", "Get-IocEnrichmentJob tw", "'two words'")]
    [InlineData("two words", "Get-IocEnrichmentJob 'two w", "'two words'")]
    [InlineData("two words", "Get-IocEnrichmentJob \"two w", "\"two words\"")]
    [InlineData("it's", "Receive-IocEnrichmentResult -Name ", "'it''s'")]
    [InlineData("it's", "Receive-IocEnrichmentResult -Name \"it", "\"it's\"")]
    [InlineData("a [b] $c", "Receive-IocEnrichmentResult -Name a", "'a `[b`] $c'")]
    [InlineData("a [b] $c \"d\"", "Receive-IocEnrichmentResult -Name \"a", "\"a ``[b``] `$c `\"d`\"\"")]
    [InlineData("-x", "Receive-IocEnrichmentResult -Name ", "'-x'")]
    public void The_name_of_a_job_is_quoted_so_that_it_names_that_job(string name, string line, string offered)
    {
        _session.Run("$job = 'CVE-2021-44228' | Start-IocEnrichment @To -Name $Name", ("Name", name));

        CompletionResult match = Assert.Single(Complete(line).CompletionMatches);

        Assert.Equal((offered, name), (match.CompletionText, match.ListItemText));
        Assert.Single(_session.Run($"Get-IocEnrichmentJob {match.CompletionText} | Where-Object Id -eq $job.Id"));
        Assert.Equal(match.CompletionText, Assert.Single(Complete("Get-IocEnrichmentJob " + match.CompletionText).CompletionMatches).CompletionText);
    }

    [Fact]
    public void Jobs_are_offered_by_name_and_id_with_how_far_they_are_and_only_those_of_this_module()
    {
        _session.Run("""
            $other = 1 | ForEach-Object -Parallel { 1 } -AsJob
            $first, $second = 'one', 'two' | ForEach-Object { 'CVE-2021-44228' | Start-IocEnrichment @To -Name $_ }
            $first, $second | Wait-Job | Out-Null
            """);

        CompletionResult[] ids = [.. Complete("Receive-IocEnrichmentResult -Id ").CompletionMatches];
        string[] instances = [.. Complete("Get-IocEnrichmentJob -InstanceId ").CompletionMatches.Select(static match => match.CompletionText)];

        Assert.Equal(_session.Run("[string]$first.Id; [string]$second.Id").Select(static id => id.ToString()), ids.Select(static match => match.CompletionText));
        Assert.EndsWith(" one: Completed, 1 of 1", ids[0].ToolTip, StringComparison.Ordinal);
        Assert.Equal(_session.Run("[string]$first.InstanceId; [string]$second.InstanceId").Select(static id => id.ToString()), instances);
    }

    [Fact]
    public void Looking_for_a_name_is_no_use_of_the_job()
    {
        _session.Run("""
            Set-IocEnrichmentOption -MaximumJobCount 2
            'oldest', 'newest' | ForEach-Object { 'CVE-2021-44228' | Start-IocEnrichment @To -Name $_ | Receive-IocEnrichmentResult -Wait | Out-Null }
            Get-IocEnrichmentJob newest | Out-Null
            """);

        Complete("Get-IocEnrichmentJob old");
        _session.Run("'CVE-2021-44228' | Start-IocEnrichment @To -Name next");

        Assert.Equal(["newest", "next"], ModuleSession.Lines(_session.Run("Get-IocEnrichmentJob"), "Name"));
    }

    private CommandCompletion Complete(string line)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        return CommandCompletion.CompleteInput(line, line.Length, null, shell);
    }
}
