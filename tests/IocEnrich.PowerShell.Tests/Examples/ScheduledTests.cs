using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Examples;

/// <summary>docs/examples/scheduled.ps1: what a scheduler and whoever reads the files rely on.</summary>
public sealed partial class ScheduledTests : IAsyncLifetime
{
    private const string Call = "& $Examples/scheduled.ps1 -Path $Folder/list.txt -CsvPath $Folder/out.csv -JsonPath $Folder/out.json -LogPath $Folder/run.log";

    private ExampleSession _examples = null!;

    public async Task InitializeAsync()
    {
        _examples = await ExampleSession.StartAsync();
        _examples.Write("list.txt", "# today's\nexample.com\n10.0.0.5\n44d88612fea8a8f36de82e1278abb02f\n8[.]8[.]8[.]8\n");
        _examples.Write("out.csv", "of yesterday");
        _examples.Write("out.json", "of yesterday");
    }

    public async Task DisposeAsync() => await _examples.DisposeAsync();

    [Fact]
    public void All_answered_is_0_and_both_files_hold_every_indicator_in_the_order_of_the_list()
    {
        (int exitCode, string line) = Run(Call);

        Assert.True(exitCode == 0, line);
        string[] expected = ["example.com", "10.0.0.5", "44d88612fea8a8f36de82e1278abb02f", "8.8.8.8"];
        string[] rows = _examples.Read("out.csv").TrimEnd().Split('\n');
        Assert.Equal(["\"Indicator\"", .. expected.Select(static indicator => $"\"{indicator}\"")], rows.Select(static row => row.Split(',')[0]));
        using JsonDocument json = JsonDocument.Parse(_examples.Read("out.json"));
        Assert.Equal(expected, json.RootElement.EnumerateArray().Select(static result => result.GetProperty("Indicator").GetString()));
        Assert.Equal("Malicious", json.RootElement[2].GetProperty("Verdict").GetString());
        Assert.Matches(LogLine(), line);
        Assert.Contains("4 indicators, 1 malicious, 0 suspicious, 0 not found, 1 skipped, 0 failed; 0 from the cache, 3 requests.", line, StringComparison.Ordinal);
        Assert.Equal(line, _examples.Read("run.log").TrimEnd());
        Assert.Equal(["list.txt", "out.csv", "out.json", "run.log"], _examples.Files());
    }

    [Fact]
    public void What_a_spreadsheet_would_take_for_a_formula_is_a_text_in_the_table_and_as_it_was_in_JSON()
    {
        _examples.Write("list.txt", "=1+1\n");

        (int exitCode, string line) = Run(Call);

        Assert.True(exitCode == 0, line);
        Assert.Contains("\n\"'=1+1\",", _examples.Read("out.csv"), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(_examples.Read("out.json"));
        Assert.Equal("=1+1", json.RootElement[0].GetProperty("Indicator").GetString());
    }

    [Fact]
    public void Some_without_an_answer_is_2_and_their_rows_say_why()
    {
        _examples.Server.Faults.Add("503@example.com");

        (int exitCode, string line) = Run(Call);

        Assert.True(exitCode == 2, line);
        Assert.Contains("1 failed", line, StringComparison.Ordinal);
        Assert.Contains("HTTP 503", line, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(_examples.Read("out.json"));
        Assert.Equal(
            ["Failed", "Skipped", "Found", "Found"], json.RootElement.EnumerateArray().Select(static result => result.GetProperty("Status").GetString()));
        Assert.Contains("HTTP 503", json.RootElement[0].GetProperty("Reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("401")]
    [InlineData("403")]
    [InlineData("503")]
    public void Nothing_answered_is_1_and_leaves_the_files_of_the_last_run(string fault)
    {
        _examples.Server.Faults.Add(fault);

        (int exitCode, string line) = Run(Call);

        Assert.Equal(1, exitCode);
        Assert.Contains("No indicator has an answer", line, StringComparison.Ordinal);
        Assert.Contains($"HTTP {fault}", line, StringComparison.Ordinal);
        Assert.Equal(("of yesterday", "of yesterday"), (_examples.Read("out.csv"), _examples.Read("out.json")));
    }

    [Fact]
    public void No_list_is_1_and_asks_for_nothing()
    {
        (int exitCode, string line) = Run(Call.Replace("list.txt", "nowhere.txt", StringComparison.Ordinal));

        Assert.Equal(1, exitCode);
        Assert.Contains("nowhere.txt", line, StringComparison.Ordinal);
        Assert.Equal(0, _examples.Server.Requests.Total);
        Assert.Equal(("of yesterday", "of yesterday"), (_examples.Read("out.csv"), _examples.Read("out.json")));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_1_and_leaves_no_part_behind()
    {
        _examples.Folder.CreateSubdirectory("taken.csv");

        (int exitCode, _) = Run(Call.Replace("out.csv", "taken.csv", StringComparison.Ordinal));

        Assert.Equal(1, exitCode);
        Assert.Equal(["list.txt", "out.csv", "out.json", "run.log"], _examples.Files());
    }

    [Fact]
    public void An_empty_list_is_answered()
    {
        _examples.Write("list.txt", "# nothing today\n");

        (int exitCode, string line) = Run(Call);

        Assert.True(exitCode == 0, line);
        Assert.Equal("[]", _examples.Read("out.json").TrimEnd());
    }

    [Fact]
    public void When_the_time_is_up_it_ends_although_the_service_answers_nothing()
    {
        _examples.Server.Faults.Add("stall");

        (int exitCode, string line) = Run(Call + " -TimeoutSec 1");

        Assert.Equal(1, exitCode);
        Assert.Contains("No indicator has an answer", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_comes_out_of_a_vault()
    {
        await using ExampleSession examples = await ExampleSession.StartAsync(new EmulatorOptions { ApiKeys = ["the-key-in-the-vault"] });
        examples.Write("list.txt", "example.com\n");

        // SecretManagement is not here: this is what its Get-Secret gives.
        Collection<PSObject> output = examples.Run($$"""
            $PSDefaultParameterValues.Remove('Start-IocEnrichment:ApiKey')
            function Get-Secret { param($Name, $Vault) if ("$Name in $Vault" -eq 'VirusTotal in Work') { [System.Net.NetworkCredential]::new('', 'the-key-in-the-vault').SecurePassword } }
            {{Call}} -SecretName VirusTotal -Vault Work
            $LASTEXITCODE
            """);

        Assert.True(output[^1].BaseObject is 0, $"{output[0]}");
        Assert.DoesNotContain("the-key", string.Join('\n', output.Select(static line => $"{line}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_ends_with_its_exit_code_and_the_key_from_the_environment_stands_nowhere()
    {
        _examples.Server.Faults.Add("503@8.8.8.8");
        string folder = _examples.Folder.FullName;
        string script = $$"""
            $PSDefaultParameterValues = @{ 'Start-IocEnrichment:Endpoint' = '{{_examples.Server.Endpoint}}' }
            $Examples = '{{ExampleSession.ExamplesFolder}}'
            $Folder = '{{folder}}'
            {{Call}} -RequestsPerMinute 0 -RequestsPerDay 0
            exit $LASTEXITCODE
            """;

        PwshResult result = await PwshProcess.RunAsync(
            script, ("VT_API_KEY", "canary-5d9e1a24680f3b7c"), ("IOCENRICH_CACHE", Path.Combine(folder, "cache")));

        Assert.True(result is { ExitCode: 2, Error: "" }, result.Output + result.Error);
        Assert.Matches(LogLine(), result.Output.TrimEnd());
        string everything = result.Output + _examples.Read("out.csv") + _examples.Read("out.json") + _examples.Read("run.log");
        Assert.DoesNotContain("canary", everything, StringComparison.Ordinal);
    }

    private (int ExitCode, string Line) Run(string call)
    {
        Collection<PSObject> output = _examples.Run(call + "; $LASTEXITCODE");

        // One line and the code: nothing else gets out, neither objects nor errors.
        Assert.Equal(2, output.Count);
        Assert.Empty(_examples.Session.Errors);
        return ((int)output[1].BaseObject, (string)output[0].BaseObject);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ exit [012], [^\n]+: [^\n]+$")]
    private static partial Regex LogLine();
}
