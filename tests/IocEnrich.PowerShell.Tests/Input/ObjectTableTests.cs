namespace IocEnrich.PowerShell.Tests.Input;

/// <summary>The table of objects in docs/input.md: each row of it is tried, and nothing else stands in it.</summary>
public sealed class ObjectTableTests : InputTestBase
{
    private const string Hash = "44d88612fea8a8f36de82e1278abb02f";

    // What is said of a row; a script for each; what comes out, or an error where nothing does.
    private static readonly (string Row, string Script, string[] Expected)[] Rows =
    [
        ("a string", "'a.com'; 'b.com, c.com; 8.8.8.8|d.com'; '[domain-name:value = ''e.com'']'; '{\"Url\":\"f.com\"}'", ["a.com", "b.com", "c.com", "8.8.8.8", "d.com", "e.com", "f.com"]),
        ("a string", $"'MD5=d41d8cd98f00b204e9800998ecf8427e,SHA256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,IMPHASH={Hash}'", ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]),
        ("a number, a date, a GUID", "42; [guid]::Empty", ["42", "00000000-0000-0000-0000-000000000000"]),
        ("`Uri`, `IPAddress`, `IPEndPoint`, `MailAddress`", "[uri]'https://a.com/x'; [ipaddress]'8.8.8.8'; [Net.IPEndPoint]::new([ipaddress]'8.8.4.4', 53); [mailaddress]'Bob <bob@b.com>'", ["https://a.com/x", "8.8.8.8", "8.8.4.4", "bob@b.com"]),
        ("results, indicators and the output of `Find-Ioc`", "[IocEnrich.Indicator]::Parse('a.com'); 'see b.com' | Find-Ioc; 'c.com' | Start-IocEnrichment @To | Receive-IocEnrichmentResult -Wait", ["a.com", "b.com", "c.com"]),
        ("`PSCustomObject` (Import-Csv, ConvertFrom-Json, Import-Clixml), CIM instances, any object with properties", "\"Host,RemoteIP`nws,8.8.8.8\" | ConvertFrom-Csv; '{\"Url\":\"a.com\"}' | ConvertFrom-Json; [Net.Cookie]::new('n', 'b.com')", ["8.8.8.8", "a.com", "b.com"]),
        ("`PSCustomObject` (Import-Csv, ConvertFrom-Json, Import-Clixml), CIM instances, any object with properties", "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ PSTypeName = 'Microsoft.Management.Infrastructure.CimInstance#root/standardcimv2/MSFT_NetTCPConnection'; RemoteAddress = '8.8.8.8'; PSComputerName = 'ws-17' }))", ["8.8.8.8"]),
        ("hashtables and other dictionaries, `DataRow`", "@{ Url = 'a.com' }; [ordered]@{ Domain = 'b.com' }; & { $t = [Data.DataTable]::new(); [void] $t.Columns.Add('Url'); [void] $t.Rows.Add('c.com'); $t.Rows }", ["a.com", "b.com", "c.com"]),
        ("XML elements and documents", "[xml]'<Event><EventData><Data Name=\"QueryName\">a.com</Data></EventData></Event>'; ([xml]'<r><ip>8.8.8.8</ip></r>').DocumentElement", ["a.com", "8.8.8.8"]),
        ("other XML nodes: attributes, text", "([xml]'<r u=\"a.com\">b.com</r>').DocumentElement.Attributes[0]; ([xml]'<r u=\"a.com\">b.com</r>').DocumentElement.FirstChild", ["a.com", "b.com"]),
        ("`JsonElement`, `JsonNode`, the tokens of Json.NET", "[Text.Json.JsonDocument]::Parse('{\"url\":\"a.com\"}').RootElement; , [Text.Json.Nodes.JsonNode]::Parse('{\"url\":\"b.com\"}'); , [Newtonsoft.Json.Linq.JObject]::Parse('{\"url\":\"c.com\"}')", ["a.com", "b.com", "c.com"]),
        ("event records of Get-WinEvent", "& { $e = [pscustomobject]@{ PSTypeName = 'System.Diagnostics.Eventing.Reader.EventRecord'; RecordId = 7; ProviderName = 'x.com' }; $e | Add-Member ScriptMethod ToXml { '<Event><EventData><Data Name=\"DestinationIp\">8.8.8.8</Data></EventData></Event>' }; $e }", ["8.8.8.8"]),
        ("matches of Select-String", "'see a.com and b.com' | Select-String 'a\\.com'; 'see c.com and d.com' | Select-String 'see'", ["a.com", "c.com", "d.com"]),
        ("matches of Select-Xml", "Select-Xml -Content '<r><ip>8.8.8.8</ip></r>' -XPath '//ip'", ["8.8.8.8"]),
        ("lists", ", @('a.com', @{ Url = 'b.com' }, @('c.com'))", ["a.com", "b.com", "c.com"]),
        ("files and folders", "[IO.FileInfo]::new('/etc/hosts')", []),
        ("files and folders", "[IO.DirectoryInfo]::new('/etc')", []),
    ];

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, Rows.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_kind_of_object_gives_what_the_page_says(int number)
    {
        (_, string script, string[] expected) = Rows[number];

        Assert.Equal(expected.Order(StringComparer.Ordinal), Indicators(script));
        Assert.Equal(expected.Length == 0 ? ["InputNotUnderstood"] : [], ErrorIds);
    }

    [Fact]
    public void The_page_has_these_kinds_of_objects_and_no_others() =>
        Assert.Equal(InputPage.Objects(), Rows.Select(static row => row.Row).Distinct());
}
