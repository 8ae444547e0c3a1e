using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Store;

/// <summary>The store, as the cmdlets show it.</summary>
public sealed class StoreCommandTests : IAsyncLifetime, IDisposable
{
    private const string Enrich = "Start-IocEnrichment -Endpoint $Endpoint -ApiKey $Key -RequestsPerMinute 0 -RequestsPerDay 0";
    private const string Receive = "Receive-IocEnrichmentResult -Wait";

    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_list_again_costs_nothing_unless_it_is_wanted()
    {
        PSObject[] results =
        [
            .. _session.Run(
                $$"""
                $list = 'a.example.com', 'b.example.com', '192.168.0.1'
                $list | {{Enrich}} | {{Receive}}
                $list | {{Enrich}} | {{Receive}}
                'a.example.com' | {{Enrich}} -MaxAge 0 | {{Receive}}
                'a.example.com' | {{Enrich}} -NoCache | {{Receive}}
                $job = $list | {{Enrich}} | Wait-Job
                $job.Summary
                """),
        ];

        Assert.Equal(
            ["False 1", "False 1", "False 0", "True 0", "True 0", "False 0", "False 1", "False 1"],
            results[..8].Select(static result => $"{result.Properties["FromCache"].Value} {result.Properties["Requests"].Value}")
                .Zip(results[..8].Select(static result => (string)result.Properties["Indicator"].Value), static (text, indicator) => (text, indicator))
                .Select(static (pair, index) => (pair.text, Rank: (index / 3 * 10) + (pair.indicator == "192.168.0.1" ? 9 : 0)))
                .OrderBy(static pair => pair.Rank).Select(static pair => pair.text));
        Assert.Equal(2, results[8].Properties["FromCache"].Value);
        Assert.Equal(4, _session.Server.Requests.Total);
    }

    [Theory]
    [InlineData("'-1:00:00'", "negative")]
    [InlineData("7", "7.00:00:00 for a week")]
    public void An_age_that_makes_no_sense_is_refused_as_PowerShell_refuses_bad_arguments(string age, string said)
    {
        ErrorRecord error = _session.Fail($"'a.example.com' | {Enrich} -MaxAge {age}");

        Assert.StartsWith("ParameterArgumentValidationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(said, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_report_comes_as_objects_and_no_value_of_it_is_lost()
    {
        _session.Server.Answers.SetBody(
            "a.example.com",
            200,
            """{"data":{"id":"a.example.com","type":"domain","attributes":{"MF":1,"mf":2,"MF":3,"":4,"list":[1,2.5,{"x":null}],"big":123456789012345678901234567890,"text":"\u001b[31mred","reputation":5}}}""");

        PSObject fresh = _session.Run($"('a.example.com' | {Enrich} -IncludeReport | {Receive}).Report.data.attributes").Single();
        PSObject known = _session.Run($"('a.example.com' | {Enrich} -IncludeReport | {Receive}).Report.data.attributes").Single();

        Assert.Equal(1, _session.Server.Requests.Total);
        foreach (PSObject attributes in new[] { fresh, known })
        {
            Assert.Equal(
                ["MF=1", "mf#2=2", "MF#3=3", "(empty)=4", "list=1 2.5 @{x=}", "big=1.2345678901234568E+29", "text=\u001b[31mred", "reputation=5"],
                attributes.Properties.Select(static property => $"{property.Name}={Show(property.Value)}"));
        }

        static string Show(object? value) => value switch
        {
            object?[] array => string.Join(' ', array.Select(Show)),
            PSObject { BaseObject: PSCustomObject } item => $"@{{{string.Join("; ", item.Properties.Select(static property => $"{property.Name}={property.Value}"))}}}",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        };
    }

    [Fact]
    public void Results_of_Receive_Job_have_the_report_as_well_and_without_being_asked_for_there_is_none()
    {
        PSObject[] results = [.. _session.Run($"'a.example.com' | {Enrich} -IncludeReport | Wait-Job | Receive-Job; 'b.example.com' | {Enrich} | {Receive}")];

        Assert.IsType<PSObject>(results[0].Properties["Report"].Value);
        Assert.Null(results[1].Properties["Report"].Value);
    }

    [Fact]
    public void What_is_cleared_by_something_that_is_no_indicator_is_nothing_and_the_error_says_why()
    {
        _session.Run($"'nothing-cleared.example.com' | {Enrich} | {Receive}; Clear-IocEnrichmentCache 'see the report'");

        Assert.Contains("\"see the report\" is not an indicator: it is more than one word.", Assert.Single(_session.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Equal(true, _session.Run($"('nothing-cleared.example.com' | {Enrich} | {Receive}).FromCache").Single().BaseObject);
    }

    [Fact]
    public async Task The_cache_is_shown_and_cleared_by_indicator_by_age_and_whole_and_an_empty_pipeline_clears_nothing()
    {
        PwshResult result = await RunAsync(
            $$"""
            1..5 | ForEach-Object { "host$_.example.com" } | {{Enrich}} | {{Receive}} | Out-Null
            (Get-IocEnrichmentCache).Entries
            Clear-IocEnrichmentCache -WhatIf
            (Get-IocEnrichmentCache).Entries
            @() | Clear-IocEnrichmentCache
            (Get-IocEnrichmentCache).Entries
            'host1[.]example.com', 'never.example.com' | Clear-IocEnrichmentCache
            (Get-IocEnrichmentCache).Entries
            Clear-IocEnrichmentCache -OlderThan 1:00:00
            (Get-IocEnrichmentCache).Entries
            'host2.example.com' | {{Enrich}} | {{Receive}} | Clear-IocEnrichmentCache
            (Get-IocEnrichmentCache).Entries
            Clear-IocEnrichmentCache
            $cache = Get-IocEnrichmentCache
            $cache.Entries, $cache.Hits, $cache.Path
            """,
            Path.Combine(_folder, "store.db"));

        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("Remove 5 cached answers", lines[1], StringComparison.Ordinal);
        Assert.Equal(["5", "5", "5", "4", "4", "3", "0", "1", Path.Combine(_folder, "store.db")], [lines[0], .. lines[2..]]);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Where_the_store_cannot_be_used_there_is_one_warning_and_the_job_runs()
    {
        // A file where a folder is wanted: that stops even the administrator, under whom tests may run.
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        PwshResult result = await RunAsync(
            $$"""
            $job = 'a.example.com' | {{Enrich}}
            "found: $(($job | {{Receive}}).Status)"
            try { Get-IocEnrichmentCache } catch { $_.FullyQualifiedErrorId }
            try { Clear-IocEnrichmentCache } catch { $_.FullyQualifiedErrorId }
            """,
            Path.Combine(file, "store.db"));

        Assert.Contains("found: Found", result.Output, StringComparison.Ordinal);
        Assert.Contains("StoreUnusable,IocEnrich.PowerShell.Commands.GetIocEnrichmentCacheCommand", result.Output, StringComparison.Ordinal);
        Assert.Contains("StoreUnusable,IocEnrich.PowerShell.Commands.ClearIocEnrichmentCacheCommand", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, (result.Output + result.Error).Split("The job runs without the cache").Length - 1);
    }

    [Theory]
    [InlineData("-Indicator a.example.com, b.example.com")]
    [InlineData("-Path $list")]
    public async Task Who_would_rather_stop_than_go_without_the_store_has_spent_no_request(string input)
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "a.example.com\nb.example.com\n");

        PwshResult result = await RunAsync(
            $$"""
            $list = '{{file}}'
            try { {{Enrich}} {{input}} -WarningAction Stop | {{Receive}} } catch { 'ended' }
            (Get-IocEnrichmentJob | Wait-Job).State
            """,
            Path.Combine(file, "store.db"));

        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("WARNING: ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["ended", "Stopped"], lines[1..]);
        Assert.Empty(_session.Server.Requests.Counts());
    }

    [Fact]
    public async Task A_damaged_store_is_set_aside_with_one_warning_and_begun_anew()
    {
        string store = await DamagedStoreAsync();

        PwshResult result = await RunAsync($$"""1..2 | ForEach-Object { 'a.example.com' | {{Enrich}} | {{Receive}} | ForEach-Object FromCache }""", store);

        Assert.Contains("renamed to", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(1, (result.Output + result.Error).Split("WARNING").Length - 1);
        Assert.Contains("True", result.Output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder, "store.db.corrupt-*"));
    }

    [Theory]
    [InlineData("Get-IocEnrichmentCache", "0")]
    [InlineData("Clear-IocEnrichmentCache -Verbose 4>&1", "0 cached answers were removed")]
    [InlineData("Get-IocEnrichmentQuota -Endpoint $Endpoint -ApiKey $Key", "127.0.0.1")]
    public async Task Whoever_finds_the_store_damaged_says_so_and_goes_on(string command, string output)
    {
        string store = await DamagedStoreAsync();

        PwshResult result = await RunAsync($"{command} | ForEach-Object {{ \"$_ $($_.Entries) $($_.Service)\" }}", store);

        Assert.Contains("renamed to", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(1, (result.Output + result.Error).Split("WARNING").Length - 1);
        Assert.Contains(output, result.Output, StringComparison.Ordinal);
    }

    /// <summary>A store of ours whose beginning is overwritten.</summary>
    private async Task<string> DamagedStoreAsync()
    {
        string store = Path.Combine(_folder, "store.db");
        await RunAsync("Get-IocEnrichmentCache", store);
        using FileStream file = File.OpenWrite(store);
        file.Write(new byte[100]);
        return store;
    }

    private async Task<PwshResult> RunAsync(string script, string store) => await PwshProcess.RunAsync(
            $"$Endpoint = '{_session.Server.Endpoint}'; $Key = [System.Net.NetworkCredential]::new('', 'a-key').SecurePassword; {script}",
            ("IOCENRICH_CACHE", store));
}
