using System.Management.Automation;
using System.Text;

namespace IocEnrich.PowerShell.Tests.Commands;

public sealed class FindTests : IAsyncLifetime, IDisposable
{
    private const string Report = "The report\nThe actor used hxxps://evil[.]example[.]com/a and 198.51.100[.]7.\r\n\nAgain evil.example.com, 198.51.100.7\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Indicators_are_found_in_the_lines_of_a_pipeline_with_the_place_where_each_stands()
    {
        string[] found = Find("$Report -split \"`n\" | Find-Ioc", "Line", "Column", "Type", "Value", "Text", "Path");

        Assert.Equal(
            [
                "2 16 Url https://evil.example.com/a hxxps://evil[.]example[.]com/a ", "2 51 IPv4 198.51.100.7 198.51.100[.]7 ",
                "4 25 IPv4 198.51.100.7 198.51.100.7 ", "4 7 Domain evil.example.com evil.example.com ",
            ],
            found);
    }

    [Fact]
    public void A_text_of_several_lines_counts_as_several_lines() =>
        Assert.Equal(
            ["2 16", "2 51", "4 25", "4 7", "5 1", "6 1"],
            Find("$Report, 'a.com', 'b.com' | Find-Ioc", "Line", "Column"));

    [Fact]
    public void A_text_that_is_very_long_is_searched_as_well()
    {
        string text = string.Concat(Enumerable.Repeat("nothing to see in this line\n", 20_000)) + "evil.com\n";

        Assert.Equal(["20001 1 evil.com", "20002 1 b.com"], ModuleSession.Lines(_session.Run("$Text, 'b.com' | Find-Ioc", ("Text", text)), "Line", "Column", "Value"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_file_is_searched_in_the_encoding_that_its_byte_order_mark_says(string encoding)
    {
        string path = Write("report [1].txt", "bücher.de\nevil[.]com", encoding);

        string[] expected = [$"1 1 xn--bcher-kva.de {path}", $"2 1 evil.com {path}"];
        Assert.Equal(expected, ModuleSession.Lines(_session.Run("Find-Ioc -LiteralPath $Path", ("Path", path)), "Line", "Column", "Value", "Path"));
        Assert.Equal(expected, ModuleSession.Lines(_session.Run("Find-Ioc $Path", ("Path", Path.Combine(_folder, "*.txt"))), "Line", "Column", "Value", "Path"));
    }

    [Fact]
    public void Files_that_come_down_a_pipeline_are_searched_and_folders_among_them_passed_over()
    {
        Write("a.txt", "a.com");
        Write("b.txt", "b.com");
        DirectoryInfo below = Directory.CreateDirectory(Path.Combine(_folder, "below"));

        string[] found = ModuleSession.Lines(
            _session.Run("[IO.DirectoryInfo]::new($Folder).GetFileSystemInfos() | Find-Ioc", ("Folder", _folder)), "Value", "Line");

        Assert.Equal(["a.com 1", "b.com 1"], found);
        Assert.Empty(_session.Errors);
        Assert.True(below.Exists);
    }

    [Theory]
    [InlineData("PSPath", "Microsoft.PowerShell.Core\\FileSystem::")]
    [InlineData("LiteralPath", "")]
    public void An_object_that_names_a_file_is_that_file(string property, string prefix)
    {
        string path = Write("a.txt", "a.com");

        Assert.Equal(["a.com"], ModuleSession.Lines(_session.Run($"[pscustomobject]@{{ {property} = '{prefix}' + $Path }} | Find-Ioc", ("Path", path)), "Value"));
    }

    [Fact]
    public void Lines_that_know_their_file_as_those_of_Get_Content_do_are_texts()
    {
        PSObject line = new("b.com");
        line.Properties.Add(new PSNoteProperty("PSPath", Write("a.txt", "a.com")));

        Assert.Equal(["b.com "], ModuleSession.Lines(_session.Run("$Line | Find-Ioc", ("Line", line)), "Value", "Path"));
    }

    [Fact]
    public void A_line_of_Select_String_keeps_its_own_place()
    {
        Assert.Equal(
            ["198.51.100.7 /var/log/mail.log 17 9"],
            Find("[pscustomobject]@{ PSTypeName = 'Microsoft.PowerShell.Commands.MatchInfo'; Line = 'blocked 198.51.100.7'; LineNumber = 17; Path = '/var/log/mail.log' } | Find-Ioc", "Value", "Path", "Line", "Column"));
        Assert.Equal(
            ["198.51.100.7  2"],
            Find("[pscustomobject]@{ PSTypeName = 'Microsoft.PowerShell.Commands.MatchInfo'; Line = '198.51.100.7'; LineNumber = 2; Path = 'InputStream' } | Find-Ioc", "Value", "Path", "Line"));
    }

    [Theory]
    [InlineData("-Type IPv4", "198.51.100.7", "198.51.100.7")]
    [InlineData("-Type Domain, Url", "evil.example.com", "https://evil.example.com/a")]
    [InlineData("-Type Cve")]
    [InlineData("-Unique", "198.51.100.7", "evil.example.com", "https://evil.example.com/a")]
    [InlineData("-IncludeUrlHost -Type Domain", "evil.example.com", "evil.example.com")]
    [InlineData("-IncludeUrlHost -Type Domain -Unique", "evil.example.com")]
    public void What_is_found_can_be_limited(string parameters, params string[] values) =>
        Assert.Equal(values, Find($"$Report -split \"`n\" | Find-Ioc {parameters}", "Value"));

    [Fact]
    public void Each_occurrence_is_written_before_the_next_line_is_asked_for() =>
        Assert.Equal(
            ["found a.com", "then b.com", "found b.com", "then nothing"],
            _session.Run("$log = [Collections.Generic.List[string]]::new(); & { 'a.com'; $log.Add('then b.com'); 'b.com'; $log.Add('then nothing') } | Find-Ioc | ForEach-Object { $log.Add(\"found $_\") }; $log")
                .Select(static item => item.ToString()));

    [Theory]
    [InlineData("42")]
    [InlineData("[datetime]'2026-01-02'")]
    [InlineData("[pscustomobject]@{ Count = 7 }")]
    [InlineData("[pscustomobject]@{}")]
    [InlineData("@{}")]
    public void What_holds_no_text_is_an_error_and_the_others_go_on(string input)
    {
        Assert.Equal(["a.com"], Find($"{input}, {input}, 'a.com' | Find-Ioc", "Value"));

        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal("InputNotText,IocEnrich.PowerShell.Commands.FindIocCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidType, error.CategoryInfo.Category);
        Assert.StartsWith("2 objects of the type ", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_and_blank_texts_hold_no_indicators()
    {
        Assert.Empty(Find("$null, '', @() | Find-Ioc", "Value"));
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("/no/such/file")]
    [InlineData("/no/such/*.txt")]
    [InlineData("nodrive:/a")]
    public void A_file_that_is_missing_is_an_error_and_the_others_are_searched(string missing)
    {
        string path = Write("a.txt", "a.com");

        Assert.Equal(["a.com"], ModuleSession.Lines(_session.Run($"Find-Ioc -Path {missing}, $Path", ("Path", path)), "Value"));

        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal("FileNotFound,IocEnrich.PowerShell.Commands.FindIocCommand", error.FullyQualifiedErrorId);
        Assert.Equal(missing, error.TargetObject);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_the_others_are_searched()
    {
        string path = Write("a.txt", "a.com");
        string locked = Write("locked.txt", "b.com");
        using FileStream hold = new(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(["a.com"], ModuleSession.Lines(_session.Run("Find-Ioc -LiteralPath $Locked, $Path", ("Path", path), ("Locked", locked)), "Value"));

        Assert.StartsWith("FileUnreadable,", Assert.Single(_session.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Stopping_ends_a_search_at_once_also_in_a_text_that_holds_nothing()
    {
        // It would take far longer to search. The file is sparse, and costs nothing.
        string path = Write("large.txt", "evil.com\n");
        using (FileStream file = new(path, FileMode.Open))
        {
            file.SetLength(8L << 30);
        }

        TaskCompletionSource found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _session.Runspace.SessionStateProxy.SetVariable("Found", found);
        _session.Runspace.SessionStateProxy.SetVariable("Path", path);
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);
        IAsyncResult searching = shell.AddScript("Find-Ioc -LiteralPath $Path | ForEach-Object { $Found.SetResult() }").BeginInvoke();
        await found.Task.WaitAsync(ModuleSession.Limit);

        await Task.Factory.FromAsync(shell.BeginStop(null, null), shell.EndStop).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(searching.IsCompleted);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    [Fact]
    public void What_is_found_can_be_looked_up_and_each_result_tells_where_its_indicator_came_from()
    {
        string path = Write("report.txt", Report);

        string[] results = ModuleSession.Lines(
            _session.Run("Find-Ioc $Path | Start-IocEnrichment @To -IncludeNonPublic | Receive-IocEnrichmentResult -Wait", ("Path", path)),
            "Indicator", "Status", "Position", "Occurrences", "Input", "InputLine", "InputPath");

        Assert.Equal(
            [
                $"198.51.100.7 2 2 198.51.100[.]7 2 {path}", $"evil.example.com 3 1 evil.example.com 4 {path}",
                $"https://evil.example.com/a 1 1 hxxps://evil[.]example[.]com/a 2 {path}",
            ],
            results.Select(static result => result.Replace(" Found", "", StringComparison.Ordinal).Replace(" NotFound", "", StringComparison.Ordinal)));
        Assert.Equal(3, _session.Server.Requests.Total);
    }

    private string[] Find(string script, params string[] properties) =>
        ModuleSession.Lines(_session.Run(script, ("Report", Report)), properties);

    private string Write(string name, string text, string encoding = "utf-8")
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, Encoding.GetEncoding(encoding));
        return path;
    }
}
