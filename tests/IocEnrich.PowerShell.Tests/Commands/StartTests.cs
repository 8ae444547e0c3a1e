using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Commands;

public sealed class StartTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_quick_start_list_gives_exactly_one_result_for_each_distinct_indicator()
    {
        Collection<PSObject> received = _session.Run(
            "[IO.File]::ReadAllLines($Path) | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait",
            ("Path", BuildPlaces.QuickStartIndicators));
        string[] results = ModuleSession.Lines(received, "Indicator");

        Assert.Equal(results.Distinct(), results);
        Assert.Equal(24, results.Length);
        Assert.Equal(26, received.Sum(static result => (int)result.Properties["Occurrences"].Value));
        Assert.Equal(1 + 2 + 2, received.Count(static result => result.Properties["Status"].Value.ToString() == "Skipped"));
        Assert.Empty(_session.Errors);
        Assert.All(_session.Server.Requests.Counts().Values, static count => Assert.Equal(1, count));
    }

    [Fact]
    public void Every_mix_of_answers_gives_one_result_for_each_distinct_indicator()
    {
        _session.Server.Answers.Set("found.example.com", EmulatedVerdict.Malicious(45));
        _session.Server.Answers.Set("unseen.example.com", EmulatedVerdict.NotFound);
        _session.Server.Answers.Set("once.example.com", EmulatedVerdict.Harmless);
        _session.Server.Faults.Add("503@first,once.example.com");
        _session.Server.Faults.Add("reset@twice.example.com");

        string[] results = ModuleSession.Lines(
            _session.Run("""
                'found.example.com', 'unseen.example.com', 'once.example.com', 'twice.example.com', 'hopeless input', 'hxxp://[', 'found[.]example[.]com' |
                    Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait
                """),
            "Indicator", "Status", "Verdict", "Requests");

        Assert.Equal(
            [
                "found.example.com Found Malicious 1", "hopeless input Skipped Unknown 0", "hxxp://[ Skipped Unknown 0",
                "once.example.com Found Harmless 2", "twice.example.com Failed Unknown 2", "unseen.example.com NotFound Unknown 1",
            ],
            results);
        Assert.Equal(2, _session.Server.Requests.Count("twice.example.com"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal("Network,IocEnrich.PowerShell.Commands.ReceiveIocEnrichmentResultCommand", error.FullyQualifiedErrorId);
        Assert.Equal("twice.example.com", PSObject.AsPSObject(error.TargetObject).Properties["Indicator"].Value);
    }

    [Fact]
    public void Three_indicators_of_which_one_always_fails_give_three_results_and_that_one_was_asked_twice()
    {
        _session.Server.Faults.Add("500@bad.example.com");

        int results = _session.Run("'good.example.com', 'bad.example.com', '8.8.8.8' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait").Count;

        Assert.Equal(3, results);
        Assert.Equal(2, _session.Server.Requests.Count("bad.example.com"));
        Assert.Equal(1, _session.Server.Requests.Count("good.example.com"));
    }

    [Fact]
    public async Task As_many_lookups_run_at_once_as_the_throttle_says()
    {
        using IDisposable hold = _session.Server.Hold();

        _session.Run("1..20 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment @To -ThrottleLimit 5");
        await _session.RequestsAsync(static requests => requests.InFlight == 5);
        hold.Dispose();
        _session.Run("Get-IocEnrichmentJob | Receive-IocEnrichmentResult -Wait");

        Assert.Equal(5, _session.Server.Requests.MaxConcurrent);
        Assert.Equal(20, _session.Server.Requests.Total);
    }

    [Fact]
    public async Task The_first_lookup_starts_while_the_pipeline_still_delivers()
    {
        PSObject done = _session.Run(
            "& { 'first.example.com'; $Asked.Wait(); 'second.example.com' } | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait | ForEach-Object { $n++ } -End { $n }",
            ("Asked", _session.RequestsAsync(static requests => requests.Total == 1))).Single();

        Assert.Equal(2, done.BaseObject);
        await _session.RequestsAsync(static requests => requests.Total == 2);
    }

    [Fact]
    public void Indicators_can_be_given_as_a_parameter_and_a_result_can_be_asked_again()
    {
        string[] results = ModuleSession.Lines(
            _session.Run("""
                $first = Start-IocEnrichment a.example.com, b.example.com @To | Receive-IocEnrichmentResult -Wait
                $first | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait
                """),
            "Indicator");

        Assert.Equal(["a.example.com", "b.example.com"], results);
        Assert.Equal(2, _session.Server.Requests.Count("a.example.com"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void A_file_is_read_line_by_line_and_blank_lines_and_comments_are_passed_over(string encoding)
    {
        string path = Path.Combine(_folder, "list [1].txt");
        File.WriteAllText(path, "# a comment\r\n\r\n  a.example.com\r\nhxxp://b.example.com/#part # and why\r\n", Encoding.GetEncoding(encoding));

        string[] literally = ModuleSession.Lines(_session.Run("Start-IocEnrichment -LiteralPath $Path @To | Receive-IocEnrichmentResult -Wait", ("Path", path)), "Type");
        string[] byWildcard = ModuleSession.Lines(_session.Run("Start-IocEnrichment -Path $Path @To | Receive-IocEnrichmentResult -Wait", ("Path", Path.Combine(_folder, "*.txt"))), "Type");

        Assert.Equal(["Domain", "Url"], literally);
        Assert.Equal(["Domain", "Url"], byWildcard);
    }

    [Fact]
    public void A_file_that_is_missing_is_an_error_and_the_others_are_read()
    {
        string path = Path.Combine(_folder, "list.txt");
        File.WriteAllText(path, "a.example.com");

        int results = _session.Run("Start-IocEnrichment -Path /no/such/file, $Path @To | Receive-IocEnrichmentResult -Wait", ("Path", path)).Count;

        Assert.Equal(1, results);
        Assert.StartsWith("FileNotFound,", Assert.Single(_session.Errors).FullyQualifiedErrorId);
        Assert.Empty(_session.Run("Start-IocEnrichment -Path /no/such/file @To"));
    }

    [Fact]
    public void What_if_asks_nobody_needs_no_key_and_starts_no_job()
    {
        Assert.Empty(_session.Run("'a.example.com', 'nonsense' | Start-IocEnrichment -Endpoint $Endpoint -WhatIf; Get-IocEnrichmentJob"));

        Assert.Empty(_session.Errors);
        Assert.Equal(0, _session.Server.Requests.Total);
    }

    [Fact]
    public async Task What_if_tells_how_many_indicators_would_be_asked_and_how_many_not_and_why()
    {
        const string Input = "'8.8.8.8', '8[.]8[.]8[.]8', 'example.com', '10.0.0.5', 'db.internal', 'CVE-2021-44228', 'no indicator'";

        PwshResult result = await PwshProcess.RunAsync(
            $"{Input} | Start-IocEnrichment -WhatIf; {Input} | Start-IocEnrichment -WhatIf -IncludeNonPublic; Start-IocEnrichment a.com -WhatIf");

        Assert.Contains("\"2 distinct indicators (skipped: 3 not public or without a lookup, 1 not an indicator)\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"4 distinct indicators (skipped: 1 not public or without a lookup, 1 not an indicator)\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"1 distinct indicator\"", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Asking_for_confirmation_where_nobody_can_answer_is_an_error_and_not_a_hang()
    {
        _session.Fail("'a.example.com' | Start-IocEnrichment @To -Confirm");

        Assert.Equal(0, _session.Server.Requests.Total);
    }

    [Theory]
    [InlineData("Start-IocEnrichment a.example.com -ApiKey $Key -Endpoint http://www.virustotal.com/api/v3", "EndpointNotAllowed")]
    [InlineData("Start-IocEnrichment a.example.com -ApiKey ([System.Net.NetworkCredential]::new('', 'two words').SecurePassword) -Endpoint $Endpoint", "ApiKeyUnusable")]
    [InlineData("Start-IocEnrichment a.example.com @To -ThrottleLimit 0", "ParameterArgumentValidationError")]
    public void What_makes_the_whole_call_impossible_is_one_terminating_error(string script, string id)
    {
        ErrorRecord error = _session.Fail(script);

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        Assert.Equal(0, _session.Server.Requests.Total);
    }

    [Fact]
    public void An_endpoint_that_cannot_be_reached_fails_every_indicator_with_a_reason_and_the_prompt_comes_back()
    {
        string[] results = ModuleSession.Lines(
            _session.Run("1..5 | ForEach-Object { \"host$_.example.com\" } | Start-IocEnrichment -ApiKey $Key -Endpoint http://127.0.0.1:9/ | Receive-IocEnrichmentResult -Wait"),
            "Requests", "Status", "Reason");

        Assert.Equal(5, results.Length);
        Assert.All(results, static result => Assert.StartsWith("Failed Cannot connect to 127.0.0.1:9", result[2..]));
        Assert.StartsWith("JobEndedEarly,", _session.Errors[^1].FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_error_action_stop_input_that_is_not_understood_ends_the_call_and_stops_the_job_that_it_began()
    {
        using IDisposable hold = _session.Server.Hold();

        ErrorRecord error = _session.Fail("& { 'a.example.com'; [pscustomobject]@{ Colour = 'red' }; 'b.example.com' } | Start-IocEnrichment @To -ErrorAction Stop");

        Assert.StartsWith("InputNotUnderstood,", error.FullyQualifiedErrorId);
        Assert.Equal("Stopped", _session.Run("(Get-IocEnrichmentJob | Wait-Job).State").Single().ToString());
        await _session.RequestsAsync(static requests => requests.InFlight == 0);
    }
}
