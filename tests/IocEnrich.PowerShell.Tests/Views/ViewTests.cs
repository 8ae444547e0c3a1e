using System.Text.RegularExpressions;

namespace IocEnrich.PowerShell.Tests.Views;

/// <summary>What is seen at a glance: of results, jobs and indicators, on a terminal and elsewhere.</summary>
public sealed class ViewTests : IAsyncLifetime
{
    private const string LookUp = "'evil.example.com', 'good.example.com', 'odd.example.com', 'nope.example.com', 'CVE-2021-44228', 'two words' | Start-IocEnrichment @To -ThrottleLimit 1 | Receive-IocEnrichmentResult -Wait";

    private Screen _screen = null!;

    public async Task InitializeAsync()
    {
        _screen = await Screen.StartAsync();
        _screen.Server.Answers.SetBody("evil.example.com", 200, Domain("evil.example.com", malicious: 45, harmless: 0, "Bad Names LLC"));
        _screen.Server.Answers.SetBody("good.example.com", 200, Domain("good.example.com", malicious: 0, harmless: 60, "Good Names LLC"));
        _screen.Server.Answers.SetBody("odd.example.com", 200, Domain("odd.example.com", malicious: 1, harmless: 60, new string('漢', 60)));
        _screen.Server.Answers.Set("nope.example.com", VirusTotal.Emulator.EmulatedVerdict.NotFound);
    }

    public async Task DisposeAsync() => await _screen.DisposeAsync();

    [TerminalFact]
    public async Task On_a_terminal_of_100_columns_each_result_is_a_line_with_its_verdict_in_colour()
    {
        using PseudoTerminal terminal = _screen.OnTerminal(LookUp);

        (_, string screen) = await terminal.EndAsync();

        string[] lines = Screen.Lines(Screen.WithoutStyle(screen));
        string[] expected =
        [
            "Indicator                        Type    Verdict    Engines About",
            "CVE-2021-44228                   Cve     Skipped            VirusTotal has no lookup for CVEs.",
            "evil[.]example[.]com             Domain  Malicious    45/72 Bad Names LLC",
            "good[.]example[.]com             Domain  Harmless      0/87 Good Names LLC",
            "nope[.]example[.]com             Domain  NotFound           never seen by VirusTotal",
            "two words                        Unknown Skipped            it is more than one word.",
        ];
        Assert.All(expected, line => Assert.Contains(line, lines.Select(static seen => seen.TrimEnd())));
        Assert.Equal(8, lines.Length);
        Assert.All(lines, static line => Assert.InRange(Screen.WidthOf(line), 1, 100));
        Assert.Contains("漢…", Assert.Single(lines, static line => line.StartsWith("odd[", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("\u001b[91mMalicious\u001b[0m", screen, StringComparison.Ordinal);
        Assert.Contains("\u001b[93mSuspicious\u001b[0m", screen, StringComparison.Ordinal);
        Assert.Contains("\u001b[32mHarmless\u001b[0m", screen, StringComparison.Ordinal);
    }

    [TerminalFact]
    public async Task Who_wants_no_colour_gets_none()
    {
        using PseudoTerminal environment = _screen.OnTerminal(LookUp, ("NO_COLOR", "1"));
        using PseudoTerminal style = _screen.OnTerminal("$PSStyle.OutputRendering = 'PlainText'; " + LookUp);

        foreach (PseudoTerminal terminal in (PseudoTerminal[])[environment, style])
        {
            (_, string screen) = await terminal.EndAsync();
            Assert.Contains("Malicious    45/72", screen, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b[91m", screen, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Format-Table", "evil[.]example[.]com             Domain  Malicious    45/72 Bad Names LLC")]
    [InlineData("Format-List", "Detections : 45/72", "Defanged   : evil[.]example[.]com", "FirstSeen  : 2020-01-02 03:04 UTC (", " ago)", " UTC (just now), 1 request")]
    [InlineData("Format-Wide", "Malicious 45/72 evil[.]example[.]com")]
    public async Task Where_output_is_redirected_every_view_is_plain_text(string view, params string[] expected)
    {
        PwshResult result = await _screen.RunAsync($"{LookUp} | {view}");

        Assert.All(expected, text => Assert.Contains(text, result.Output, StringComparison.Ordinal));
        Screen.AssertHarmless(result.Output.ReplaceLineEndings("\n"));
        Assert.All(Screen.Lines(result.Output), static line => Assert.InRange(Screen.WidthOf(line), 1, 120));
    }

    [TerminalFact]
    public async Task Jobs_are_lines_of_100_columns_that_say_how_far_they_are_and_what_they_wait_for()
    {
        string script = LookUp + " | ForEach-Object { }; " + """
            $To.RequestsPerMinute = 4; $To.RequestsPerDay = 500;
            $slow = 1..10000 | ForEach-Object { "host$_.example.com" } | Start-IocEnrichment @To -Name 'a long name for a job';
            while ($slow.Summary.Done -lt 4) { }
            Get-IocEnrichmentJob
            """.ReplaceLineEndings(" ");
        using PseudoTerminal terminal = _screen.OnTerminal(script);

        (_, string screen) = await terminal.EndAsync();

        string[] lines = Screen.Lines(Screen.WithoutStyle(screen));
        Assert.All(lines, static line => Assert.InRange(Screen.WidthOf(line), 1, 100));
        Assert.Contains(lines, static line => line.StartsWith("Id   Name         State               Done Malicious Failed Waiting About", StringComparison.Ordinal));
        Assert.Contains(lines, static line => Regex.IsMatch(line, "Completed +6 of 6 +1 +0 +0 took [0-9.]+ s"));
        Assert.Contains(lines, static line => Regex.IsMatch(line, "a long name… Running +4 of 10,000 +[0-9]+ +0 +4 ends about "));
    }

    [Theory]
    [InlineData("Format-Table", "Domain  evil[.]example[.]com                       1      5 evil[.]example.com", "Domain  evil[.]example[.]com", "x ", "Completed ", " Hits Oldest ", "ThrottleLimit 4 ", "Service ")]
    [InlineData("Format-List", "Text     : evil[.]example.com", "Value    : evil.example.com", "Results    : 0 found, 0 not found, 1 skipped, 0 failed", "Waiting  : 1 to receive", "Hits    : 0 requests saved", "Entries : 0 answers", "DefaultValue : 4", "Service  ")]
    [InlineData("Format-Wide", "evil[.]example[.]com", "evil[.]example[.]com", "x: Completed, 1 of 1", "0 answers in ", "ThrottleLimit = 4", "127.0.0.1: ")]
    public async Task Each_kind_of_object_has_its_views(string view, params string[] expected)
    {
        string[] scripts =
        [
            "'see evil[.]example.com' | Find-Ioc",
            "('see evil[.]example.com' | Find-Ioc).Indicator",
            "$j = 'CVE-2021-44228' | Start-IocEnrichment @To -Name x; $null = $j | Wait-Job; $j",
            "$j.Summary",
            "Get-IocEnrichmentCache",
            "Get-IocEnrichmentOption ThrottleLimit",
            "Get-IocEnrichmentQuota -Endpoint $To.Endpoint -ApiKey $To.ApiKey",
        ];

        // One by one: what follows an object of another type is listed by its properties.
        PwshResult result = await _screen.RunAsync(string.Join("; ", scripts.Select(script => $"& {{ {script} }} | {view}").Select(static script => script.Replace("& { $j = ", ". { $j = ", StringComparison.Ordinal))));

        Assert.Empty(result.Error);
        Assert.All(expected, text => Assert.Contains(text, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_follows_results_on_the_screen_is_a_few_lines_and_not_everything_it_has()
    {
        PwshResult result = await _screen.RunAsync(LookUp + "; Get-IocEnrichmentJob");

        string[] labels = [.. Screen.Lines(result.Output).Where(static line => line.Contains(" : ", StringComparison.Ordinal)).Select(static line => line.Split(' ')[0])];
        Assert.Equal(["Id", "Name", "State", "StatusMessage", "HasMoreData", "Location"], labels);
    }

    private static string Domain(string name, int malicious, int harmless, string registrar) => $$"""
        {"data":{"id":"{{name}}","type":"domain","attributes":{
          "registrar":"{{registrar}}","creation_date":1577934240,
          "last_analysis_stats":{"malicious":{{malicious}},"suspicious":0,"harmless":{{harmless}},"undetected":27,"timeout":3} } } }
        """;
}
