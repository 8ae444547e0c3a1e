using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>Every result leads back to what its indicator came with.</summary>
public sealed class SourceTests : IAsyncLifetime
{
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public void A_row_is_the_source_of_its_indicator_and_all_rows_are_where_there_are_several()
    {
        PSObject[] seen = [.. _session.Run("""
            $rows = [pscustomobject]@{ IP = '192.0.2.7'; Host = 'one' }, [pscustomobject]@{ IP = '8.8.4.4'; Host = 'two' }, [pscustomobject]@{ IP = '8.8.4.4'; Host = 'three' }
            $rows | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait | Sort-Object Indicator | ForEach-Object { $_.Source.Host -join ' ' }
            """)];

        Assert.Equal(["one", "two three"], seen.Select(static item => item.ToString()));
    }

    [Fact]
    public void Of_a_hundred_sources_and_more_the_first_hundred_are_held_and_the_occurrences_count_on()
    {
        PSObject seen = _session.Run("1..250 | ForEach-Object { @{ IP = '8.8.4.4'; N = $_ } } | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait | ForEach-Object { \"$($_.Source.Count) $($_.Source[-1].N) $($_.Occurrences)\" }").Single();

        Assert.Equal("100 100 250", seen.ToString());
    }

    [Fact]
    public void What_a_job_does_not_hold_of_a_very_long_list_is_said()
    {
        PSObject seen = _session.Run("""
            $rows = foreach ($i in 0..100006) { @{ IP = "10.$([math]::Floor($i / 65536)).$([math]::Floor($i / 256) % 256).$($i % 256)" } }
            $job = $rows | Start-IocEnrichment @To
            $results = $job | Receive-IocEnrichmentResult -Wait
            "$($results.Count) $(@($results | Where-Object Source -is [hashtable]).Count)"
            """).Single();

        Assert.Equal("100007 100000", seen.ToString());
        Assert.Contains("7 more were read", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_is_its_own_source_and_made_safe_to_show()
    {
        Assert.Equal("evil[.]example.com", _session.Run("('evil[.]example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait).Source").Single().ToString());
        Screen.AssertHarmless(_session.Run("(\"evil`e[31m\" | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait).Source").Single().ToString());
    }

    [Fact]
    public void A_file_that_is_read_by_its_path_is_named_with_the_line()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "# list\n\na.example.com\nCVE-2021-44228 # skipped\ntwo words\n");

            Assert.Equal(
                [$"CVE-2021-44228 {file} 4", $"a.example.com {file} 3", $"two words {file} 5"],
                ModuleSession.Lines(_session.Run("Start-IocEnrichment -LiteralPath $File @To | Receive-IocEnrichmentResult -Wait", ("File", file)), "Indicator", "InputPath", "InputLine"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_hash_leads_back_to_its_file()
    {
        await using Screen screen = await Screen.StartAsync();
        string file = Path.GetTempFileName();
        try
        {
            PwshResult result = await screen.RunAsync($"$r = Get-FileHash -LiteralPath '{file}' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait; $r.InputPath; $r.Source.Path; $r.Source.Algorithm");

            Assert.Equal([file, file, "SHA256"], Screen.Lines(result.Output));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
