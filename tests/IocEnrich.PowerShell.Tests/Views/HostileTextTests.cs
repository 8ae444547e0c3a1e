using System.Text.Json;

namespace IocEnrich.PowerShell.Tests.Views;

/// <summary>
/// Names, titles and messages that somebody wrote to take over a terminal or to mislead its reader: what reaches the host of them is text,
/// in its own place.
/// </summary>
public sealed class HostileTextTests : IAsyncLifetime
{
    /// <summary>What they try.</summary>
    private static readonly string[] Texts =
    [
        "\u001b[2J\u001b[H\u001b]0;owned\u0007\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\",
        "\u009b31mred\u009d0;owned\u009c",
        "first\r\nReceive-IocEnrichmentResult: forged\n\tsecond\v\f\0\b\u007f",
        "exe.\u202egpj \u2066isolated\u2069 \u200fright\u061c",
        "zero\u200bwidth\u2060\ufeff\u00ad\u3164\u2028line\u2029paragraph",
        "Z" + new string('\u0301', 300) + new string('\u0489', 50),
        "\u0338begins with a mark",
        new string('A', 100_000),
        "=cmd|' /C calc'!A0",
        new string('漢', 300),
        "tag\U000E0041\U000E007F and \uD83D\uDE00 and a broken \\ud83d",
    ];

    private Screen _screen = null!;
    private string[] _indicators = [];

    public async Task InitializeAsync()
    {
        _screen = await Screen.StartAsync();
        List<string> indicators = [];
        for (int number = 0; number < Texts.Length; number++)
        {
            string text = Texts[number];
            Know($"h{number}.example.com", "domain", new { registrar = text, tags = new[] { text }, categories = new Dictionary<string, string> { [text] = text }, last_analysis_stats = new { malicious = 5, undetected = 60 } });
            Know($"44d88612fea8a8f36de82e1278abb0{number:x2}", "file", new { meaningful_name = text, type_description = text, tags = new[] { text }, sha256 = text, popular_threat_classification = new { suggested_threat_label = text } });
            Know($"9.9.9.{number + 1}", "ip_address", new { as_owner = text, country = text, network = text });
            Know($"http://h{number}.example.org/", "url", new { title = text, last_final_url = text, threat_names = new[] { text }, tags = new[] { text } });
        }

        _indicators = [.. indicators];

        void Know(string indicator, string type, object attributes)
        {
            indicators.Add(indicator);
            _screen.Server.Answers.SetBody(indicator, 200, JsonSerializer.Serialize(new { data = new { id = indicator, type, attributes } }));
        }
    }

    public async Task DisposeAsync() => await _screen.DisposeAsync();

    private string List => string.Join(", ", _indicators.Select(static indicator => $"'{indicator}'"));

    [Fact]
    public async Task In_a_table_each_result_is_one_line_that_begins_with_its_indicator()
    {
        PwshResult result = await _screen.RunAsync($"{List} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait");

        string[] lines = Checked(result);
        Assert.Equal(_indicators.Length + 2, lines.Length);
        Assert.All(_indicators, indicator => Assert.Single(lines, line => line.StartsWith(Shown(indicator) + " ", StringComparison.Ordinal)));
        Assert.Contains(lines, static line => line.Contains(@" =cmd|' /C", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains(@" \u{001B}[2J", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_list_no_line_begins_with_what_somebody_else_wrote()
    {
        PwshResult result = await _screen.RunAsync($"{List} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait | Format-List");

        string[] lines = Checked(result);
        Assert.Equal(_indicators.Length, lines.Count(static line => line.StartsWith("Status", StringComparison.Ordinal)));
        Assert.All(lines, static line => Assert.Matches("^([A-Z][A-Za-z0-9]+ *: |          )", line));
    }

    [Fact]
    public async Task In_the_wide_view_there_are_indicators_and_verdicts_only()
    {
        PwshResult result = await _screen.RunAsync($"{List} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait | Format-Wide -Column 1");

        string[] lines = Checked(result);
        Assert.Equal(_indicators.Length, lines.Length);
        Assert.All(_indicators, indicator => Assert.Contains(lines, line => line.Contains(' ' + Shown(indicator), StringComparison.Ordinal)));
    }

    [TerminalFact]
    public async Task On_a_terminal_nothing_but_the_shells_own_colours_and_progress_is_a_sequence()
    {
        using PseudoTerminal terminal = _screen.OnTerminal($"{List} | Start-IocEnrichment @To -Verbose -Name \"`e[2Jnamed`u{{202e}}\" | Receive-IocEnrichmentResult -Wait -Verbose; Get-IocEnrichmentJob | ForEach-Object {{ $_.Summary }}");

        (_, string screen) = await terminal.EndAsync();

        string text = Screen.WithoutStyle(screen);
        Screen.AssertHarmless(text);
        Assert.All(Screen.Lines(text).Where(static line => !line.StartsWith("VERBOSE", StringComparison.Ordinal)), static line => Assert.InRange(Screen.WidthOf(line), 1, 100));
        Assert.Contains(@"\u{001B}[2Jnamed\u{202E}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task What_the_service_says_in_an_error_is_text_in_the_error(int status)
    {
        foreach (string indicator in _indicators)
        {
            string said = Texts[Array.IndexOf(_indicators, indicator) % Texts.Length];
            _screen.Server.Answers.SetBody(indicator, status, JsonSerializer.Serialize(new { error = new { code = "Bad" + said, message = said } }));
        }

        PwshResult result = await _screen.RunAsync($"{List} | Start-IocEnrichment @To -ThrottleLimit 64 | Receive-IocEnrichmentResult -Wait");

        Checked(result);
        string[] errors = Screen.Lines(result.Error);
        Screen.AssertHarmless(string.Join('\n', errors));
        Assert.NotEmpty(errors);
        Assert.All(errors, static line => Assert.Matches("^(Receive-IocEnrichmentResult:| )", line));
        Assert.All(errors, static line => Assert.InRange(line.Length, 1, 4_000));
    }

    [Fact]
    public async Task What_somebody_typed_or_found_in_a_text_is_as_harmless_as_an_answer()
    {
        string typed = string.Join(", ", Texts.Where(static text => text.Length < 1_000).Select(static text => "[string] ([char[]] (" + string.Join(", ", text.Select(static character => (int)character)) + ") -join '')"));
        PwshResult results = await _screen.RunAsync($"{typed} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait");
        PwshResult found = await _screen.RunAsync($"{typed} | ForEach-Object {{ \"$_ hxxp://evil[.]example[.]com/$_ $_\" }} | Find-Ioc");

        Assert.NotEmpty(Checked(results));
        Assert.NotEmpty(Checked(found));
    }

    private static string[] Checked(PwshResult result)
    {
        Screen.AssertHarmless(result.Output.ReplaceLineEndings("\n"));
        string[] lines = Screen.Lines(result.Output);
        Assert.All(lines, static line => Assert.InRange(Screen.WidthOf(line), 1, 80));
        return lines;
    }

    private static string Shown(string indicator) =>
        indicator.Replace("http:", "hxxp:", StringComparison.Ordinal).Replace(".", "[.]", StringComparison.Ordinal);
}
