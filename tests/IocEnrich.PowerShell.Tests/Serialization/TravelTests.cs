using System.Collections.ObjectModel;
using System.Management.Automation;

namespace IocEnrich.PowerShell.Tests.Serialization;

/// <summary>
/// Results that travelled, by Export-Clixml, a background job or to another machine, say the same as before. All three go through
/// PSSerializer, at a depth of 2 or of 1.
/// </summary>
public sealed class TravelTests : IAsyncLifetime
{
    // Every status, verdict, type and kind of failure, with all fields set and with none.
    private const string Make = """
        $all = foreach ($status in [enum]::GetValues([IocEnrich.EnrichmentStatus])) {
            foreach ($verdict in [enum]::GetValues([IocEnrich.Verdict])) {
                foreach ($text in 'two words', '192.0.2.7', '2001:db8::1', 'evil.example.com', 'https://evil.example.com/a?b=c', ('a' * 32), ('b' * 40), ('c' * 64), 'CVE-2021-44228', 'a@example.com') {
                    $parsed = $null
                    try { $parsed = [IocEnrich.Indicator]::Parse($text) } catch { }
                    foreach ($full in $false, $true) {
                        $made = [IocEnrich.EnrichmentResult]::new()
                        $made.Indicator = $text
                        $made.Type = if ($parsed) { $parsed.Type } else { 'Unknown' }
                        $made.Status = $status
                        $made.Verdict = $verdict
                        if ($full) {
                            $n++
                            foreach ($number in 'Malicious', 'Suspicious', 'Harmless', 'Undetected', 'Reputation', 'Size', 'Asn', 'HttpStatus', 'Requests', 'Position', 'Occurrences', 'InputLine') { $made.$number = $n }
                            foreach ($word in 'Name', 'ThreatLabel', 'FileType', 'Sha256', 'Country', 'AsOwner', 'Network', 'Registrar', 'FinalUrl', 'Link', 'Reason', 'Provider', 'Input', 'InputPath') { $made.$word = "$word é 漢 <&> $n" }
                            foreach ($time in 'LastAnalysisDate', 'FirstSeen', 'RetrievedAt') { $made.$time = [DateTimeOffset]::new(2020, 1, 2, 3, 4, 5, [TimeSpan]::Zero).AddHours($n) }
                            $made.Tags = [IocEnrich.TextList]::new([string[]]('a', 'b c'))
                            $made.Categories = [IocEnrich.TextList]::new([string[]]('x'))
                            $made.FromCache = $true
                            $kinds = [enum]::GetValues([IocEnrich.EnrichmentErrorKind])
                            $made.Error = [IocEnrich.EnrichmentError]::new($kinds[$n % $kinds.Count], "message $n")
                        }
                        $made
                    }
                }
            }
        }
        function Send($what, $depth) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($what, $depth)) }
        function Say($what) { foreach ($one in $what) { ($one.PSObject.Properties | ForEach-Object { "$($_.Name)=$(if ($_.Value -is [DateTimeOffset]) { $_.Value.UtcTicks } else { $_.Value })" }) -join '|' } }

        """;

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData(1, "en-US")]
    [InlineData(2, "de-DE")]
    [InlineData(1, "th-TH")]
    [InlineData(5, "th-TH")]
    public void Results_come_back_as_themselves_with_every_property(int depth, string culture)
    {
        Collection<PSObject> seen = _session.Run($$"""
            [cultureinfo]::CurrentCulture = '{{culture}}'
            {{Make}}
            $back = @(Send $all {{depth}})
            ($back | ForEach-Object { $_.GetType().FullName } | Sort-Object -Unique) -join ','
            $all.Count
            $sent = @(Say $all); $come = @(Say $back)
            0..($all.Count - 1) | Where-Object { $sent[$_] -cne $come[$_] } | Select-Object -First 1 | ForEach-Object { $sent[$_] + ' <> ' + $come[$_] }
            [cultureinfo]::CurrentCulture = ''
            """);

        Assert.Equal(["IocEnrich.EnrichmentResult", "400"], seen.Select(static item => item.ToString()));
    }

    [Fact]
    public void Every_question_finds_the_same_as_before()
    {
        Collection<PSObject> seen = _session.Run(Make + """
            $back = @(Send $all 2); $chosen = @(Send ($all | Select-Object Indicator, Verdict, Status, Type) 2)
            foreach ($verdict in [enum]::GetNames([IocEnrich.Verdict])) {
                foreach ($question in { $_.Verdict -eq $verdict }, { $_.Verdict -ge $verdict }, { $_.Verdict -lt $verdict }) {
                    foreach ($list in $back, $chosen) { @($list | Where-Object $question).Count - @($all | Where-Object $question).Count }
                }
            }
            foreach ($status in [enum]::GetNames([IocEnrich.EnrichmentStatus])) { @($back | Where-Object Status -eq $status).Count - 100 }
            foreach ($type in [enum]::GetNames([IocEnrich.IndicatorType])) { @($back | Where-Object Type -eq $type).Count - @($all | Where-Object Type -eq $type).Count }
            """);

        Assert.All(seen, static difference => Assert.Equal(0, difference.BaseObject));
        Assert.Equal(44, seen.Count);
    }

    [Fact]
    public void Where_the_module_is_not_loaded_verdicts_and_statuses_are_words()
    {
        // A runspace without the module's types reads what one with them has written.
        string xml = _session.Run(Make + "[System.Management.Automation.PSSerializer]::Serialize($all, 2)").Single().ToString();

        PSObject[] read = [.. ((System.Collections.ArrayList)Read(xml)).Cast<PSObject>()];

        Assert.Equal(80, read.Count(static item => "Malicious".Equals(item.Properties["Verdict"].Value)));
        Assert.Equal(100, read.Count(static item => "Skipped".Equals(item.Properties["Status"].Value)));
        Assert.Equal(40, read.Count(static item => "Domain".Equals(item.Properties["Type"].Value)));

        static object Read(string xml)
        {
            using System.Management.Automation.Runspaces.Runspace plain = System.Management.Automation.Runspaces.RunspaceFactory.CreateRunspace();
            plain.Open();
            using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(plain);
            return shell.AddScript("param($xml) ,[System.Management.Automation.PSSerializer]::Deserialize($xml)").AddArgument(xml).Invoke().Single().BaseObject;
        }
    }

    [Fact]
    public void Json_has_the_words_of_enumerations()
    {
        string json = _session.Run(Make + "$all[-1] | ConvertTo-Json -Compress -Depth 3").Single().ToString();

        Assert.Contains("\"Type\":\"Email\",", json, StringComparison.Ordinal);
        Assert.Contains("\"Status\":\"Failed\",\"Verdict\":\"Malicious\",", json, StringComparison.Ordinal);
        Assert.Matches("\"Error\":\\{\"Kind\":\"[A-Z][A-Za-z]+\",", json);
    }

    [Theory]
    [InlineData("'see evil[.]example.com:8080' | Find-Ioc", "IocEnrich.IndicatorOccurrence", "Value", "Type", "Text", "Path", "Line", "Column", "Indicator")]
    [InlineData("('see evil[.]example.com' | Find-Ioc).Indicator", "IocEnrich.Indicator", "Value", "Type", "Defanged")]
    [InlineData("($job = 'CVE-2021-44228', '10.0.0.1' | Start-IocEnrichment @To | Wait-Job).Summary", "IocEnrich.EnrichmentProgress", "State", "Done", "Total", "Skipped", "StartTime", "EndTime", "Elapsed", "InputComplete")]
    public void Indicators_places_and_summaries_come_back_as_themselves(string script, string type, params string[] properties)
    {
        foreach (int depth in (int[])[1, 2])
        {
            PSObject[] seen = [.. _session.Run($$"""
                $sent = {{script}}
                $sent; [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($sent, {{depth}}))
                """)];

            Assert.Equal(2, seen.Length);
            Assert.Equal(type, seen[1].BaseObject.GetType().FullName);
            Assert.All(properties, name => Assert.Equal($"{seen[0].Properties[name].Value}", $"{seen[1].Properties[name].Value}"));
        }
    }

    [Fact]
    public void What_comes_back_is_looked_up_again()
    {
        string[] results = ModuleSession.Lines(
            _session.Run("""
                $first = 'a.example.com', 'b.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait
                [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($first)) | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait
                """),
            "Indicator", "Requests");

        Assert.Equal(["a.example.com 1", "b.example.com 1"], results);
    }

    [Fact]
    public void A_file_that_somebody_has_changed_does_not_act_on_a_terminal_and_makes_no_other_object()
    {
        PSObject result = _session.Run(Make + """
            $one = $all | Where-Object { $_.Type -eq 'Domain' -and $_.Name } | Select-Object -First 1
            $xml = [System.Management.Automation.PSSerializer]::Serialize($one, 2)
            $xml = $xml.Replace('evil.example.com', 'evil.example.com_x001B__x005B_31m').Replace('Name é', '_x001B_]0;x_x0007_').Replace('>Found<', '>Skipped<')
            [System.Management.Automation.PSSerializer]::Deserialize($xml)
            """).Single();

        Assert.Equal("IocEnrich.EnrichmentResult", result.BaseObject.GetType().FullName);
        Assert.Equal("Unknown", result.Properties["Type"].Value.ToString());
        Assert.All(result.Properties.Where(static property => property.Value is string), static property => Screen.AssertHarmless((string)property.Value));
        Assert.Equal("Skipped", result.Properties["Status"].Value.ToString());
    }

    [Theory]
    [InlineData("Status", "Nonsense")]
    [InlineData("Status", "99")]
    public void What_does_not_say_what_became_of_it_stays_an_object_of_PowerShell(string property, string value)
    {
        PSObject read = _session.Run(Make + $$"""
            $xml = [System.Management.Automation.PSSerializer]::Serialize($all[0], 2)
            [System.Management.Automation.PSSerializer]::Deserialize(($xml -replace '(N="{{property}}">)[^<]*', '${1}{{value}}'))
            """).Single();

        Assert.Equal("Deserialized.IocEnrich.EnrichmentResult", read.TypeNames[0]);
    }
}
