using System.Management.Automation;
using CsCheck;

namespace IocEnrich.PowerShell.Tests.Commands;

/// <summary>Find-Ioc on objects: every text in them is searched, and each indicator says where it stands and what it was found in.</summary>
public sealed class FindObjectTests : IAsyncLifetime
{
    private const string Sysmon = """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>3</EventID>
        <TimeCreated SystemTime='2026-01-02T03:04:05.678Z'/><Computer>ws-17.corp.local</Computer></System>
        <EventData><Data Name='Image'>C:\Users\eve\update.exe</Data><Data Name='DestinationIp'>198.51.100.7</Data><Data Name='DestinationHostname'>evil.example.com</Data>
        <Data Name='Hashes'>MD5=D41D8CD98F00B204E9800998ECF8427E,SHA256=E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855,IMPHASH=F34D5F2D4577ED6D9CEEC516C1F5A744</Data>
        <Data Name='CommandLine'>curl hxxp://evil[.]example[.]com/a -o x</Data></EventData></Event>
        """;

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public void An_event_gives_what_stands_in_its_data_with_the_event_at_hand()
    {
        string[] found = Find("[xml] $Event | Find-Ioc -Type IPv4, Domain, Url, Sha256", "Property", "Value");

        Assert.Equal(
            [
                "EventData.CommandLine http://evil.example.com/a", "EventData.DestinationHostname evil.example.com", "EventData.DestinationIp 198.51.100.7",
                "EventData.Hashes e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ],
            found);
        Assert.Equal(
            ["3 2026-01-02T03:04:05.678Z"],
            _session.Run("[xml] $Event | Find-Ioc -Type IPv4 | ForEach-Object { \"$($_.InputObject.Event.System.EventID) $($_.InputObject.Event.System.TimeCreated.SystemTime)\" }")
                .Select(static item => item.ToString()));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Note = 'see evil.example.com'; Host = 'ws-17' }", "Note")]
    [InlineData("@{ Note = 'see evil.example.com' }", "Note")]
    [InlineData("[pscustomobject]@{ a = [pscustomobject]@{ b = 1, @{ c = 'evil.example.com' } } }", "a.b[1].c")]
    [InlineData("'{\"a\":{\"b\":[1,{\"c\":\"evil.example.com\"}]}}' | ConvertFrom-Json", "a.b[1].c")]
    [InlineData("[System.Text.Json.Nodes.JsonNode]::Parse('{\"a\":{\"b\":[1,{\"c\":\"evil.example.com\"}]}}')", "a.b[1].c")]
    [InlineData("[System.Text.Json.JsonDocument]::Parse('{\"a\":[\"evil.example.com\"]}')", "a[0]")]
    [InlineData("[pscustomobject]@{ Properties = '{\"inner\":{\"host\":\"evil.example.com\"}}' }", "Properties.inner.host")]
    [InlineData("\"Host,Text`nws,evil.example.com\" | ConvertFrom-Csv", "Text")]
    [InlineData("[xml]'<r><a b=\"evil.example.com\"/></r>'", "a.b")]
    [InlineData("[xml]'<r>evil.example.com</r>'", "")]
    [InlineData("Select-Xml -Content '<r><a b=\"evil.example.com\"/></r>' -XPath //a", "b")]
    [InlineData("[uri]'evil.example.com'", "")]
    [InlineData("[System.Xml.Linq.XElement]::Parse('<r><a><b>evil.example.com</b></a></r>')", "a.b")]
    [InlineData("& { $t = [System.Data.DataTable]::new(); $null = $t.Columns.Add('Text'); $null = $t.Rows.Add('evil.example.com'); , $t }", "Text")]
    [InlineData("[System.Net.Cookie]::new('a', 'evil.example.com')", "Value")]
    [InlineData("[IocEnrich.Indicator]::Parse('evil.example.com')", "")]
    [InlineData("('evil.example.com' | Find-Ioc)", "")]
    [InlineData("[pscustomobject]@{ Ioc = [IocEnrich.Indicator]::Parse('evil.example.com') }", "Ioc")]
    public void Any_object_is_searched_and_the_property_named(string input, string property)
    {
        PSObject found = Assert.Single(_session.Run($"{input} | Find-Ioc -Type Domain -Unique"));

        Assert.Equal(("evil.example.com", property), ((string)found.Properties["Value"].Value, found.Properties["Property"].Value ?? ""));
        Assert.NotNull(found.Properties["InputObject"].Value);
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void An_indicator_in_any_tree_of_objects_is_found_where_it_stands() =>
        Gen.Select(Gen.Int[0, 5].Array[1, 12], Gen.Int[0, 3]).Sample(
            (ways, kind) =>
            {
                // Each way is one more object round the indicator; the path is what should be reported.
                string leaf = kind switch { 0 => "'hxxp://a[.]example[.]com/x'", 1 => "'text before 198.51.100.7, and after'", 2 => "'d41d8cd98f00b204e9800998ecf8427e'", _ => "[ipaddress]'198.51.100.7'" };
                string script = leaf;
                string path = "";
                foreach (int way in ways)
                {
                    (script, path) = way switch
                    {
                        0 => ($"@{{ k = {script} }}", $"k.{path}"),
                        1 => ($"[pscustomobject]@{{ n = 7; p = {script} }}", $"p.{path}"),
                        2 => ($"@{{ l = @(1, {script}) }}", $"l[1].{path}"),
                        3 => ($"[ordered]@{{ x = $null; y = {script} }}", $"y.{path}"),
                        4 => ($"[pscustomobject]@{{ q = , @({script}) }}", $"q[0][0].{path}"),
                        _ => ($"(& {{ $d = [System.Collections.Generic.Dictionary[string,object]]::new(); $d['g'] = {script}; $d }})", $"g.{path}"),
                    };
                }

                string expected = path.TrimEnd('.').Replace(".[", "[", StringComparison.Ordinal);
                return Find($"{script} | Find-Ioc", "Property") is [string property] && property == expected;
            },
            iter: 60,
            threads: 1);

    [Theory]
    [InlineData("$a = [pscustomobject]@{ Text = 'evil.example.com'; Self = $null }; $a.Self = $a; $a")]
    [InlineData("$a = @{ Text = 'evil.example.com' }; $a.Self = @{ Up = $a }; $a")]
    [InlineData("$a = [System.Collections.ArrayList]::new(); $null = $a.Add('evil.example.com'); $null = $a.Add($a); , $a")]
    public void An_object_that_contains_itself_is_searched_once(string input)
    {
        // A list is copied by the binding of PowerShell, and so met once more.
        Assert.Equal(["evil.example.com", "next.example.com"], Find($"& {{ {input}; 'next.example.com' }} | Find-Ioc", "Value").Distinct());
    }

    [Fact]
    public void Depth_and_number_are_bounded_and_what_is_left_out_is_said()
    {
        Assert.Equal(
            ["b.example.com"],
            Find("$a = @{ T = 'evil.example.com' }; 1..40 | ForEach-Object { $a = @{ D = $a } }; $a, 'b.example.com' | Find-Ioc", "Value"));
        Assert.Contains("more than 32 levels of nesting", Assert.Single(_session.Errors).Exception.Message, StringComparison.Ordinal);

        Assert.Equal(["b.example.com"], Find("$l = [int[]]::new(1000001); @{ L = $l }, 'b.example.com' | Find-Ioc", "Value"));
        Assert.Contains("more than 1,000,000 values", Assert.Single(_session.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_throws_hides_no_other()
    {
        const string Bad = "$o = [pscustomobject]@{ Text = 'evil.example.com' }; $o | Add-Member ScriptProperty Bad { throw 'secret' }; $o";
        Assert.Equal(["evil.example.com", "next.example.com"], Find($"& {{ {Bad}; 'next.example.com' }} | Find-Ioc", "Value"));
        Assert.Empty(_session.Errors);

        Assert.Equal(["next.example.com"], Find("& { $o = [pscustomobject]@{ N = 1 }; $o | Add-Member ScriptProperty Bad { throw 'secret' }; $o; 'next.example.com' } | Find-Ioc", "Value"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("InputNotUnderstood,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("its property Bad throws an exception", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IMPHASH")]
    [InlineData("ja3_hash")]
    [InlineData("Authentihash")]
    public void A_hash_of_something_else_than_a_file_is_none(string property) =>
        Assert.Empty(Find($"@{{ '{property}' = 'f34d5f2d4577ed6d9ceec516c1f5a744' }} | Find-Ioc", "Value"));

    [Theory]
    [InlineData("@{ Text = $Lost }")]
    [InlineData("$Lost")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Microsoft.PowerShell.Commands.MatchInfo'; Line = $Lost; LineNumber = 17; Path = 'x.log' }")]
    public void A_name_with_a_letter_that_was_lost_is_not_reported_nor_the_rest_of_it(string input) =>
        Assert.Equal(["whole.example.com"], ModuleSession.Lines(_session.Run($"{input} | Find-Ioc", ("Lost", "payp\uFFFDl.com and whole.example.com")), "Value"));

    [Fact]
    public void Json_that_goes_by_indicators_gives_them_and_names_of_fields_are_none() =>
        Assert.Equal(
            ["198.51.100.7 198.51.100.7", "d41d8cd98f00b204e9800998ecf8427e d41d8cd98f00b204e9800998ecf8427e"],
            Find("'{\"198.51.100.7\":{\"score\":9},\"d41d8cd98f00b204e9800998ecf8427e\":{},\"host.name\":\"ws\",\"dns.question.name\":\"\"}' | ConvertFrom-Json | Find-Ioc", "Property", "Value"));

    [Fact]
    public void The_objects_of_a_program_are_searched_near_the_surface_only()
    {
        Assert.Equal(["Message.RequestUri https://evil.example.com/a"], Find("[pscustomobject]@{ Message = [System.Net.Http.HttpRequestMessage]::new('GET', 'https://evil.example.com/a'); Type = [string]; Code = { 'b.example.com' } } | Find-Ioc -Type Url", "Property", "Value"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void A_verdict_leads_back_to_the_event_that_the_indicator_stood_in()
    {
        PSObject seen = _session.Run(
            """
            $alert = [pscustomobject]@{ Host = 'ws-17'; Text = 'blocked evil.example.com' }
            $result = $alert | Find-Ioc -Type Domain | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait
            "$($result.Indicator) $($result.Source.Host) [$($result.InputPath)$($result.InputLine)]"
            """).Single();

        Assert.Equal("evil.example.com ws-17 []", seen.ToString());
    }

    [Fact]
    public void A_line_of_Select_String_comes_along_with_what_was_found_in_it() =>
        Assert.Equal("17", _session.Run("$l = [pscustomobject]@{ PSTypeName = 'Microsoft.PowerShell.Commands.MatchInfo'; Line = 'at 198.51.100.7'; LineNumber = 17; Path = 'x.log' }; ($l | Find-Ioc).InputObject.LineNumber").Single().ToString());

    private string[] Find(string script, params string[] properties) => ModuleSession.Lines(_session.Run(script, ("Event", Sysmon)), properties);
}
