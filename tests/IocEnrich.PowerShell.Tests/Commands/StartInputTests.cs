
namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>What pipelines carry that people really have.</summary>
public sealed class StartInputTests : IAsyncLifetime
{
    private const string Md5 = "44d88612fea8a8f36de82e1278abb02f";
    private const string Sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";
    private const string Match = "PSTypeName = 'Microsoft.PowerShell.Commands.MatchInfo'; Path = '/a.log'; LineNumber = 3";

    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;
    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync()
    {
        await _session.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Hash = '44d88612fea8a8f36de82e1278abb02f'; Path = '/tmp/eicar.com'; Algorithm = 'MD5' }", "44d88612fea8a8f36de82e1278abb02f")]
    [InlineData("[pscustomobject]@{ Host = 'web'; Ioc = 'evil[.]example[.]com' }", "evil.example.com")]
    [InlineData("[pscustomobject]@{ Domain = ''; IP = '8.8.8.8' }", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ RemoteAddress = [ipaddress]'8.8.8.8'; RemotePort = 443 }", "8.8.8.8")]
    [InlineData("@{ url = 'hxxps://evil.example.com/a' }", "https://evil.example.com/a")]
    [InlineData("[uri]'https://evil.example.com/a'", "https://evil.example.com/a")]
    [InlineData("[ipaddress]'2001:4860:4860::8888'", "2001:4860:4860::8888")]
    [InlineData("[IocEnrich.Indicator]'evil[.]example[.]com'", "evil.example.com")]
    [InlineData(", @('evil.example.com', $null, '')", "evil.example.com")]
    [InlineData("'  evil.example.com  # seen today'", "evil.example.com")]
    public void Indicators_are_found_in_what_pipelines_carry(string input, string indicator)
    {
        string[] results = ModuleSession.Lines(_session.Run($"{input} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait"), "Indicator");

        Assert.Equal([indicator], results);
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("Indicator")]
    [InlineData("Ioc")]
    [InlineData("Value")]
    [InlineData("Pattern")]
    [InlineData("Hash")]
    [InlineData("MD5")]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    [InlineData("IP")]
    [InlineData("IPAddress")]
    [InlineData("RemoteAddress")]
    [InlineData("SourceIP")]
    [InlineData("DestinationIP")]
    [InlineData("Domain")]
    [InlineData("Hostname")]
    [InlineData("NameHost")]
    [InlineData("Url")]
    [InlineData("Uri")]
    [InlineData("sourceip")]
    public void A_column_of_that_name_holds_the_indicator(string column) =>
        AreAsked($"[pscustomobject]@{{ Time = '12:00'; User = 'bob'; {column} = '8.8.8.8' }}", "8.8.8.8");

    [Theory]
    [InlineData("[pscustomobject]@{ Algorithm = 'SHA256'; Hash = '" + Sha256 + "'; Path = '/home/bob/a.zip' }", Sha256)]
    [InlineData("[pscustomobject]@{ MD5 = '" + Md5 + "'; SHA1 = ''; SHA256 = '" + Sha256 + "'; Hostname = 'ws-17.corp.example' }", Sha256)]
    [InlineData("[pscustomobject]@{ LocalAddress = '10.0.0.5'; LocalPort = 50122; RemoteAddress = '8.8.8.8'; RemotePort = 443; State = 'Established' }", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ SourceIP = '10.0.0.5'; DestinationIP = '8.8.8.8' }", "10.0.0.5", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ SourceIP = ''; DestinationIP = '8.8.8.8' }", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ Name = 'evil.com'; Type = 'A'; TTL = 60; IPAddress = '8.8.8.8' }", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ Name = 'www.evil.com'; Type = 'CNAME'; TTL = 60; NameHost = 'evil.com' }", "evil.com")]
    [InlineData("'8.8.8.8', @('evil.com', '1.1.1.1')", "1.1.1.1", "8.8.8.8", "evil.com")]
    public void A_row_of_a_table_gives_what_it_is_about(string input, params string[] indicators) => AreAsked(input, indicators);

    [Theory]
    [InlineData("[pscustomobject]@{ type = 'ip-dst'; category = 'Network activity'; to_ids = $true; value = '8.8.8.8' }", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ type = 'filename|sha256'; value = 'invoice.zip|" + Sha256 + "' }", Sha256)]
    [InlineData("[pscustomobject]@{ type = 'domain|ip'; value = 'evil.com|8.8.8.8' }", "8.8.8.8", "evil.com")]
    [InlineData("@{ type = 'ip-dst|port'; value = '8.8.8.8|443' }", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ type = 'indicator'; name = 'x'; pattern = '[ipv4-addr:value = ''8.8.8.8'']'; pattern_type = 'stix' }", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ pattern = '[file:hashes.''SHA-256'' = ''" + Sha256 + "'' AND file:hashes.MD5 = ''" + Md5 + "'']' }", Sha256)]
    [InlineData("'[domain-name:value = ''evil.com'' OR url:value = ''http://evil.com/#a'']'", "evil.com", "http://evil.com/")]
    [InlineData("[pscustomobject]@{ type = 'domain-name'; value = 'evil.com' }", "evil.com")]
    [InlineData("[pscustomobject]@{ type = 'file'; hashes = [pscustomobject]@{ MD5 = '" + Md5 + "'; 'SHA-256' = '" + Sha256 + "' } }", Sha256)]
    public void An_export_of_MISP_or_STIX_gives_its_indicators(string input, params string[] indicators) => AreAsked(input, indicators);

    [Theory]
    [InlineData("[pscustomobject]@{ type = 'filename'; value = 'invoice.zip' }", "invoice.zip Skipped invoice.zip: values of the type filename are not indicators.")]
    [InlineData("[pscustomobject]@{ pattern = '[process:name = ''a'']' }", "[process:name = 'a'] \"[process:name = 'a']\" is not an indicator: it is more than one word.")]
    public void What_an_export_holds_beside_indicators_is_skipped_with_the_reason(string input, string expected)
    {
        string[] results = ModuleSession.Lines(_session.Run($"{input} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait"), "Indicator", "Reason");

        Assert.Equal([expected], results);
        Assert.Equal(0, _session.Server.Requests.Total);
    }

    [Theory]
    [InlineData("Line = 'from 8.8.8.8 to evil.com'; Matches = [regex]::Matches('from 8.8.8.8 to evil.com', '[\\d.]{7,}')", "8.8.8.8")]
    [InlineData("Line = 'from 8.8.8.8 to evil[.]com'; Matches = [regex]::Matches('from', 'from')", "8.8.8.8", "evil[.]com")]
    [InlineData("Line = 'from 8.8.8.8'; Matches = @()", "8.8.8.8")]
    public void A_line_of_Select_String_gives_what_the_pattern_matched_or_else_what_is_in_the_line(string line, params string[] found)
    {
        string[] results = ModuleSession.Lines(
            _session.Run($"[pscustomobject]@{{ {Match}; {line} }} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait"), "Input", "InputPath", "InputLine");

        Assert.Equal(found.Select(static text => $"{text} /a.log 3"), results);
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("The actor used evil[.]com and 8.8.8.8.\nIt was seen twice.\n\nhttp://evil.com/a", "2 of 3 lines")]
    [InlineData("one line with evil.com in it", "1 of 1 lines")]
    [InlineData("8.8.8.8 53 udp\n1.1.1.1\t53\tudp", "2 of 2 lines")]
    public void A_file_that_is_a_text_and_no_list_is_one_warning_that_names_the_way(string text, string counted)
    {
        string file = Path.Combine(_folder, "bob's report.txt");
        File.WriteAllText(file, text);

        _session.Run("$results = Start-IocEnrichment -LiteralPath $File @To | Receive-IocEnrichmentResult -Wait", ("File", file));

        string warning = Assert.Single(_session.Warnings);
        Assert.StartsWith($"{counted} of '", warning, StringComparison.Ordinal);
        string way = warning[warning.IndexOf("Find-Ioc", StringComparison.Ordinal)..];
        Assert.Contains(_session.Run(way.Replace(" | Start-IocEnrichment", "", StringComparison.Ordinal)), static found => found.ToString() is "evil.com" or "8.8.8.8");
    }

    [Theory]
    [InlineData("evil [.] com\nbob (at) evil dot com\n8.8.8.8 # seen twice\n# a long comment, with words\nhxxp://evil[.]com/a", 0)]
    [InlineData("[domain-name:value = 'evil.com']\n[ipv4-addr:value = '8.8.8.8' OR ipv4-addr:value = '1.1.1.1']", 0)]
    [InlineData("8.8.8.8\n1.1.1.1\nevil.com and more\nsee the report", 2)]
    [InlineData("", 0)]
    [InlineData("nonsense\n12345\n-", 3)]
    public void A_list_is_none_whatever_else_stands_in_it(string text, int skipped)
    {
        string file = Path.Combine(_folder, "list.txt");
        File.WriteAllText(file, text);

        _session.Run("$results = Start-IocEnrichment -Path $File @To | Receive-IocEnrichmentResult -Wait", ("File", file));

        Assert.Empty(_session.Warnings);
        Assert.Equal(skipped, _session.Run("@($results | Where-Object { $_.Type -eq 'Unknown' }).Count").Single().BaseObject);
    }

    [Theory]
    [InlineData("Find-Ioc -Path")]
    [InlineData("Find-Ioc -LiteralPath")]
    [InlineData("Start-IocEnrichment @To -LiteralPath")]
    public void What_lies_in_another_provider_is_no_file_of_that_name(string command)
    {
        // Relative to the folder of the process, as the name of a variable would be read.
        string name = $"list-{Guid.NewGuid():N}.txt";
        string file = Path.GetFullPath(name);
        File.WriteAllText(file, "evil.com");
        try
        {
            Assert.NotEmpty(_session.Run($"{command} FileSystem::$File", ("File", file)));
            Assert.Empty(_session.Run($"{command} Variable:$Name", ("Name", name), (name, 1)));
            Assert.StartsWith("FileNotFound,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void An_object_without_an_indicator_is_an_error_and_the_others_go_on()
    {
        int results = _session.Run("[pscustomobject]@{ Colour = 'red' }, 'a.example.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait").Count;

        Assert.Equal(1, results);
        Assert.StartsWith("InputNotUnderstood,", Assert.Single(_session.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void What_is_not_public_is_not_asked_unless_the_user_insists()
    {
        const string Input = "'10.0.0.5', 'db.internal', 'http://192.168.1.1/', '8.8.8.8'";

        string[] results = ModuleSession.Lines(_session.Run($"{Input} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait"), "Status", "Reason");

        Assert.Equal(
            [
                "Found ", "Skipped Skipped 10.0.0.5: private address (10.0.0.0/8, RFC 1918).",
                "Skipped Skipped db.internal: names under \"internal\" exist only in a private network (ICANN, 2024).",
                "Skipped Skipped http://192.168.1.1/: host 192.168.1.1 is a private address (192.168.0.0/16, RFC 1918).",
            ],
            results);
        Assert.Equal(1, _session.Server.Requests.Total);
        _session.Run($"{Input} | Start-IocEnrichment @To -IncludeNonPublic | Receive-IocEnrichmentResult -Wait");
        Assert.Equal(1 + 4, _session.Server.Requests.Total);
    }

    [Fact]
    public void A_result_tells_the_input_as_it_was_typed_its_position_and_how_often_it_came()
    {
        string[] results = ModuleSession.Lines(
            _session.Run("$job = 'evil[.]com  # seen today', '8.8.8.8', 'EVIL.com', 'no indicator' | Start-IocEnrichment @To; $job | Receive-IocEnrichmentResult -Wait -Keep"),
            "Indicator", "Defanged", "Input", "Position", "Occurrences", "InputPath", "InputLine");

        Assert.Equal(["8.8.8.8 8[.]8[.]8[.]8 8.8.8.8 2 1  ", "evil.com evil[.]com evil[.]com 1 2  ", "no indicator  no indicator 4 1  "], results);
        Assert.Equal(["1", "1", "2"], ModuleSession.Lines(_session.Run("$job | Receive-Job -Wait"), "Occurrences"));
    }

    [Fact]
    public async Task The_tables_show_indicators_defanged()
    {
        string endpoint = _session.Server.Endpoint.AbsoluteUri;

        PwshResult shell = await PwshProcess.RunAsync(
            $"'see evil[.]com', 'x' | Find-Ioc | Out-Host; 'evil.com', 'no indicator' | Start-IocEnrichment -Endpoint {endpoint} | Receive-IocEnrichmentResult -Wait",
            ("VT_API_KEY", "a-key-for-the-tests"));

        Assert.Equal(2, shell.Output.Split('\n').Count(static line => line.Contains("evil[.]com", StringComparison.Ordinal)));
        Assert.Contains("no indicator", shell.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.com", shell.Output, StringComparison.Ordinal);
    }

    private void AreAsked(string input, params string[] indicators)
    {
        string[] results = ModuleSession.Lines(_session.Run($"{input} | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait"), "Indicator");

        Assert.Equal(indicators, results);
        Assert.Empty(_session.Errors);
    }
}
