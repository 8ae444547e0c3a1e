using System.Collections;
using System.Management.Automation;
using CsCheck;

namespace IocEnrich.PowerShell.Tests.Input;

/// <summary>Whatever goes in, each object ends in results or in one error, and everything beside it is answered.</summary>
public sealed class AnyObjectTests : InputTestBase
{
    private static readonly string[] Columns = ["Value", "Hash", "source", "Event"];

    [Theory]
    [InlineData("$a = [pscustomobject]@{ Value = $null }; $a.Value = $a; $a")]
    [InlineData("$a = @{}; $a.Value = $a; $a")]
    [InlineData("$a = [Collections.ArrayList]::new(); [void]$a.Add($a); , $a")]
    [InlineData("$a = [pscustomobject]@{ Hashes = $null }; $a.Hashes = , $a; $a")]
    [InlineData("$p = [pscustomobject]@{ Value = $null }; $p.Value = [pscustomobject]@{ Value = $p }; $p")]
    [InlineData("$a = @{ source = $null; Event = $null }; $a.source = $a; $a.Event = $a; $a")]
    [InlineData("$a = @(1); foreach ($i in 1..10000) { $a = , $a }; , $a")]
    [InlineData("$a = [pscustomobject]@{ Value = 1 }; foreach ($i in 1..10000) { $a = [pscustomobject]@{ Value = $a } }; $a")]
    public void An_object_without_end_is_one_error_and_those_beside_it_are_answered(string script)
    {
        Assert.Equal(["a.com", "b.com"], Indicators($"'a.com'; {script}; 'b.com'"));
        Assert.Equal(["InputNotUnderstood"], ErrorIds);
    }

    [Theory]
    [InlineData("Add-Member -MemberType ScriptProperty -Name Value -Value { throw 'secret words' }")]
    [InlineData("Add-Member -MemberType ScriptProperty -Name Hash -Value { [int]::Parse('secret words') }")]
    [InlineData("Add-Member -MemberType ScriptProperty -Name source -Value { throw 'secret words' }")]
    public void A_property_that_throws_is_the_error_of_its_object_and_no_more(string addMember)
    {
        // Add-Member is in an assembly that a host of the engine need not have; the property is made without it.
        string name = addMember.Split("-Name ")[1].Split(' ')[0];
        string body = addMember[(addMember.IndexOf('{', StringComparison.Ordinal) + 1)..].TrimEnd('}', ' ');
        string make = $"$o = [pscustomobject]@{{ Colour = 1 }}; $o.psobject.Properties.Add([psscriptproperty]::new('{name}', {{ {body} }}));";

        Assert.Equal(["a.com", "b.com"], Indicators($"'a.com'; {make} $o; 'b.com'"));
        Assert.Equal(["InputNotUnderstood"], ErrorIds);
        Assert.Contains(name, Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Message, StringComparison.Ordinal);
        Assert.Equal(["a.com", "b.com"], Indicators($"'a.com'; {make} $o.psobject.Properties.Add([psnoteproperty]::new('Url', 'b.com')); $o"));
        Assert.Empty(Session.Errors);
    }

    [Fact]
    public void A_list_whose_items_throw_keeps_what_came_before()
    {
        Assert.Equal(["a.com", "b.com"], Indicators(", $List; 'b.com'", ("List", new Thrower())));
        Assert.Equal(["InputNotUnderstood"], ErrorIds);
    }

    [Fact]
    public void Any_graph_of_objects_ends_and_what_stands_beside_it_is_answered()
    {
        // Nodes are of three kinds, and any may hold any other, itself among them, under a column that is known.
        Gen.Select(Gen.Int[0, 2].Array[1, 6], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 3].Select(static index => Columns[index])).Array[0, 14]).Sample(
            (kinds, edges) =>
            {
                object[] nodes = [.. kinds.Select(static kind => kind switch { 0 => new ArrayList(), 1 => new Hashtable(), _ => (object)new PSObject() })];
                foreach ((int from, int to, string name) in edges)
                {
                    object target = nodes[to % nodes.Length];
                    switch (nodes[from % nodes.Length])
                    {
                        case ArrayList list:
                            list.Add(target);
                            break;
                        case Hashtable table:
                            table[name] = target;
                            break;
                        case PSObject made when made.Properties[name] is null:
                            made.Properties.Add(new PSNoteProperty(name, target));
                            break;
                    }
                }

                string[] found = Indicators("'a.com'; , $Node; 'b.com'", ("Node", nodes[0]));
                Assert.Equal(["a.com", "b.com"], found);
                Assert.All(ErrorIds, static id => Assert.Equal("InputNotUnderstood", id));
                Assert.True(Session.Errors.Count > 0 || nodes[0] is ArrayList, "No object vanishes; only an empty list holds nothing.");
            },
            iter: 60, threads: 1);
    }

    [Theory]
    [InlineData("([xml]'<a><ip>8.8.8.8</ip></a>').SelectSingleNode('//ip')", "8.8.8.8")]
    [InlineData("([xml]'<a><ip>8.8.8.8</ip></a>').DocumentElement", "8.8.8.8")]
    [InlineData("[xml]'<a><ip>8.8.8.8</ip><ip>1.1.1.1</ip></a>'", "1.1.1.1", "8.8.8.8")]
    [InlineData("([xml]'<a ip=\"8.8.8.8\"/>').DocumentElement.Attributes[0]", "8.8.8.8")]
    [InlineData("([xml]'<a><![CDATA[http://evil.com/?a=1&b=2]]></a>').DocumentElement.FirstChild", "http://evil.com/?a=1&b=2")]
    [InlineData("[Xml.Linq.XElement]::Parse('<a><md5>" + Md5 + "</md5></a>')", Md5)]
    [InlineData("[Xml.Linq.XElement]::Parse('<a ip=\"8.8.8.8\"/>').FirstAttribute", "8.8.8.8")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Microsoft.PowerShell.Commands.SelectXmlInfo'; Node = ([xml]'<a>8.8.8.8</a>').DocumentElement; Path = 'InputStream'; Pattern = '//ip' }", "8.8.8.8")]
    [InlineData("[xml]\"<Event xmlns='x'><System><Computer>ws.corp.example</Computer></System><EventData><Data Name='Hashes'>MD5=" + Md5 + ",SHA256=" + Sha256 + ",IMPHASH=" + Md5 + "</Data></EventData></Event>\"", Sha256)]
    [InlineData("[Text.Json.JsonDocument]::Parse('{\"src_ip\":\"8.8.8.8\",\"dest_ip\":\"1.1.1.1\"}').RootElement", "1.1.1.1", "8.8.8.8")]
    [InlineData("[Text.Json.JsonDocument]::Parse('\"8.8.8.8\"').RootElement", "8.8.8.8")]
    [InlineData(", [Text.Json.Nodes.JsonNode]::Parse('{\"url\":{\"full\":\"http://evil.com/\"}}')", "http://evil.com/")]
    [InlineData("[Text.Json.Nodes.JsonNode]::Parse('{\"md5\":\"" + Md5 + "\"}')", Md5)]
    [InlineData(", [Text.Json.Nodes.JsonNode]::Parse('[\"8.8.8.8\", \"a.com\"]')", "8.8.8.8", "a.com")]
    [InlineData("'{\"file\":{\"hash\":{\"md5\":\"" + Md5 + "\",\"sha256\":\"" + Sha256 + "\"}}}'", Sha256)]
    [InlineData(", [Newtonsoft.Json.Linq.JToken]::Parse('{\"src_ip\":\"8.8.8.8\"}')", "8.8.8.8")]
    [InlineData("[Newtonsoft.Json.Linq.JToken]::Parse('{\"src_ip\":\"8.8.8.8\"}')", "8.8.8.8")]
    [InlineData(", [Newtonsoft.Json.Linq.JToken]::Parse('\"8.8.8.8\"')", "8.8.8.8")]
    [InlineData(", [Newtonsoft.Json.Linq.JToken]::Parse('[\"8.8.8.8\",{\"ioc\":\"a.com\"}]')", "8.8.8.8", "a.com")]
    [InlineData("$t = [Data.DataTable]::new(); [void]$t.Columns.Add('Url'); [void]$t.Columns.Add('IP'); [void]$t.Rows.Add([DBNull]::Value, '8.8.8.8'); $t.Rows", "8.8.8.8")]
    [InlineData("[Collections.Generic.Dictionary[string, object]]$d = [Collections.Generic.Dictionary[string, object]]::new(); $d['ioc'] = 'a.com'; $d", "a.com")]
    [InlineData("[ordered]@{ Time = 1; RemoteIP = '8.8.8.8' }", "8.8.8.8")]
    [InlineData("$e = [Dynamic.ExpandoObject]::new(); $e.Url = 'a.com'; , $e", "a.com")]
    [InlineData("[Net.IPEndPoint]::new([ipaddress]'8.8.8.8', 443)", "8.8.8.8")]
    [InlineData("[mailaddress]'Bob <bob@evil.com>'", "bob@evil.com")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ RemoteUrl = 'a.com' }))", "a.com")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(@{ Hash = '-'; IP = [ipaddress]'8.8.8.8' }))", "8.8.8.8")]
    [InlineData("42", "42")]
    [InlineData("1.5d", "1.5")]
    [InlineData("[guid]::Empty", "00000000-0000-0000-0000-000000000000")]
    public void What_pipelines_carry_gives_its_indicators(string script, params string[] expected)
    {
        Assert.Equal(expected, Indicators(script));
        Assert.Empty(Session.Errors);
    }

    [Theory]
    [InlineData("[pscustomobject]@{}")]
    [InlineData("@{}")]
    [InlineData("[pscustomobject]@{ Colour = 'red'; Nothing = $null }")]
    [InlineData("[pscustomobject]@{ NetworkIP = ''; Url = '  ' }")]
    [InlineData("[xml]'<a b=\"c\"><d/></a>'")]
    [InlineData("$t = [Data.DataTable]::new(); [void]$t.Columns.Add('Url'); [void]$t.Rows.Add([DBNull]::Value); $t.Rows")]
    [InlineData("[Text.Json.JsonDocument]::Parse('{\"a\":{}}').RootElement")]
    [InlineData(", [Newtonsoft.Json.Linq.JToken]::Parse('{\"a\":[]}')")]
    [InlineData("[IO.FileInfo]::new('/etc/hosts')")]
    [InlineData("[IO.DirectoryInfo]::new('/etc')")]
    [InlineData("[Version]'1.2.3'")]
    [InlineData("[regex]::Match('a', 'a')")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Microsoft.PowerShell.Commands.MatchInfo'; Line = 'nothing'; LineNumber = 1; Path = 'a'; Matches = @() }")]
    [InlineData("{ a script }")]
    [InlineData("Get-Command Get-Command")]
    public void What_holds_no_indicator_is_one_error(string script)
    {
        Assert.Equal(["b.com"], Indicators($"{script}; 'b.com'"));
        Assert.Equal(["InputNotUnderstood"], ErrorIds);
    }

    [Fact]
    public void Many_objects_of_one_kind_are_one_error_with_their_number_and_many_kinds_are_bounded()
    {
        Indicators("foreach ($i in 1..500) { [pscustomobject]@{ Colour = $i; Size = 2 } }");
        Assert.Equal("500 objects of the type PSCustomObject have no known indicator property. Their properties: Colour, Size.", Message);

        Indicators("foreach ($i in 1..150) { [pscustomobject]@{ \"Colour$i\" = $i } }");
        Assert.Equal(101, Session.Errors.Count);
        Assert.StartsWith("50 more objects", Session.Errors[^1].Exception.Message, StringComparison.Ordinal);
    }

    private sealed class Thrower : IEnumerable
    {
        public IEnumerator GetEnumerator()
        {
            yield return "a.com";
            throw new InvalidOperationException("secret words");
        }
    }
}
