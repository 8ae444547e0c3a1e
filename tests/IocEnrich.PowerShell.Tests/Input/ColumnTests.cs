using System.Management.Automation;
using CsCheck;

namespace IocEnrich.PowerShell.Tests.Input;

/// <summary>A column counts by what it holds.</summary>
public sealed class ColumnTests : InputTestBase
{
    private static readonly string[] Placeholders = ["", " ", "-", "--", "N/A", "n/a", "null", "(null)", "NULL", "None", "unknown", "87", "0", "True", "sha256", "?"];

    [Fact]
    public void The_column_that_holds_an_indicator_counts_wherever_it_stands_and_whatever_stands_before_it()
    {
        string[] columns = [.. InputPage.Columns().Where(static column => !column.Contains('.'))];
        Gen.Select(Gen.Shuffle(columns, 2, 8), Gen.Int[0, Placeholders.Length - 1].Select(static index => Placeholders[index]).Array[8], Gen.Int[0, 7], Gen.Bool).Sample(
            (names, cells, position, isPlain) =>
            {
                PSObject row = new();
                for (int index = 0; index < names.Length; index++)
                {
                    row.Properties.Add(new PSNoteProperty(isPlain ? names[index] : $" {names[index].ToUpperInvariant()}  ", index == position % names.Length ? "8.8.4.4" : cells[index]));
                }

                Assert.Equal(["8.8.4.4"], Indicators("$Row", ("Row", row)));
                Assert.Empty(Session.Errors);
            },
            iter: 100, threads: 1);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ $name = $value }")]
    [InlineData("@{ $name = $value }")]
    [InlineData("(@{ $name = $value } | ConvertTo-Json | ConvertFrom-Json)")]
    [InlineData("(@{ Event = @{ $name = @($value) } } | ConvertTo-Json -Depth 4)")]
    [InlineData("[Text.Json.Nodes.JsonNode]::Parse((@{ $name = $value } | ConvertTo-Json))")]
    [InlineData("[xml]\"<Event><EventData><Data Name='$name'>$value</Data></EventData></Event>\"")]
    [InlineData("[xml]\"<Event><EventData><Data Name='$name' xml:space='preserve'> <![CDATA[$value]]> </Data></EventData></Event>\"")]
    [InlineData("[xml]\"<row $name='$value'/>\"")]
    [InlineData("[xml]\"<row><$name>$value</$name></row>\"")]
    [InlineData("[xml]\"<row><$name type='x'>$value</$name></row>\"")]
    [InlineData("[Xml.Linq.XElement]::Parse(\"<row><$name type='x'>$value</$name></row>\")")]
    [InlineData("(\"$name,b`n$value,-\" | ConvertFrom-Csv)")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ $name = $value }))")]
    public void A_known_column_is_read_in_whatever_carries_it(string carrier)
    {
        string[] columns = [.. InputPage.Columns().Where(static column => !column.Contains('.'))];
        string[] found = Indicators(
            $$"""$number = 0; foreach ($name in $Columns) { $number++; $value = "host$number.example.com"; , ({{carrier}}) }""", ("Columns", columns));

        Assert.Equal(Enumerable.Range(1, columns.Length).Select(static number => $"host{number}.example.com").Order(StringComparer.Ordinal), found);
        Assert.Empty(Session.Errors);
    }

    [Fact]
    public void Rows_whose_known_columns_hold_nothing_are_one_error_that_names_the_columns()
    {
        Indicators("foreach ($i in 1..1000) { [pscustomobject]@{ Time = $i; Hash = '-'; SourceIP = 'N/A' } }");

        Assert.Equal("1,000 objects of the type PSCustomObject hold no indicator in Hash, SourceIP.", Message);
    }

    [Theory]
    [InlineData("@{ Hashes = 'SHA1=" + Sha1 + ",MD5=" + Md5 + ",SHA256=" + Sha256 + ",IMPHASH=f34d5f2d4577ed6d9ceec516c1f5a744' }", Sha256)]
    [InlineData("@{ Hashes = 'MD5=" + Md5 + ",IMPHASH=f34d5f2d4577ed6d9ceec516c1f5a744' }", Md5)]
    [InlineData("'MD5=" + Md5 + ",SHA1=" + Sha1 + "'", Sha1)]
    [InlineData("@{ IP = '8.8.4.4, 1.1.1.1' }", "1.1.1.1", "8.8.4.4")]
    [InlineData("@{ IP = '8.8.4.4;-;1.1.1.1|' }", "1.1.1.1", "8.8.4.4")]
    [InlineData("@{ IP = \"8.8.4.4`n1.1.1.1\" }", "1.1.1.1", "8.8.4.4")]
    [InlineData("@{ IP = '8.8.4.4 1.1.1.1' }", "1.1.1.1", "8.8.4.4")]
    [InlineData("@{ IP = @('8.8.4.4', '-', @('1.1.1.1')) }", "1.1.1.1", "8.8.4.4")]
    [InlineData("@{ Url = 'http://a.com/x,http://b.com/y' }", "http://a.com/x", "http://b.com/y")]
    [InlineData("@{ Url = 'http://a.com/?to=1,http://b.com/y' }", "http://a.com/?to=1,http://b.com/y")]
    [InlineData("'8.8.4.4, 1.1.1.1'", "1.1.1.1", "8.8.4.4")]
    [InlineData("'8.8.8.8 53 udp'", "8.8.8.8 53 udp")]
    [InlineData("@{ MD5 = '" + Md5 + "'; SHA1 = '" + Sha1 + "'; SHA256 = '-' }", Sha1)]
    [InlineData("@{ Hash = '" + Md5 + "'; SHA256 = '" + Sha256 + "' }", Sha256)]
    [InlineData("@{ Hash = @{ MD5 = '" + Md5 + "'; SHA256 = '" + Sha256 + "' } }", Sha256)]
    [InlineData("@{ Imphash = 'f34d5f2d4577ed6d9ceec516c1f5a744'; Url = 'a.com' }", "a.com")]
    [InlineData("@{ Indicator = 'sha256'; Hash = '" + Sha256 + "' }", Sha256)]
    [InlineData("@{ src_ip = '-'; dest_ip = '8.8.4.4' }", "8.8.4.4")]
    [InlineData("@{ 'id.orig_h' = '8.8.8.8'; 'id.resp_h' = '8.8.4.4' }", "8.8.4.4", "8.8.8.8")]
    [InlineData("@{ source = @{ ip = '8.8.8.8' }; destination = @{ ip = '8.8.4.4' }; host = @{ ip = '10.0.0.1'; hostname = 'ws.corp.example' } }", "8.8.4.4", "8.8.8.8")]
    [InlineData("@{ event_type = 'tls'; tls = @{ sni = 'a.com' } }", "a.com")]
    [InlineData("@{ winlog = @{ event_data = @{ DestinationIp = '8.8.4.4' } } }", "8.8.4.4")]
    [InlineData("@{ 'winlog.event_data.DestinationIp' = '8.8.4.4' }", "8.8.4.4")]
    [InlineData("@{ Event = @{ info = 'x'; Attribute = @(@{ type = 'ip-dst'; value = '8.8.4.4' }, @{ type = 'filename'; value = 'a.zip' }) } }", "8.8.4.4", "a.zip")]
    [InlineData("@{ LocalIP = '10.0.0.1'; RemoteIP = ''; RemoteUrl = 'a.com'; InitiatingProcessSHA256 = '" + Sha256 + "' }", "a.com")]
    public void All_indicators_of_the_column_are_taken_and_one_hash_for_a_file(string script, params string[] expected)
    {
        Assert.Equal(expected, Indicators(script));
        Assert.Empty(Session.Errors);
    }

    [Theory]
    [InlineData("@{ Colour = '8.8.4.4'; Url = 'a.com' }", "Colour", "8.8.4.4")]
    [InlineData("@{ Colour = '8.8.4.4'; Url = 'a.com' }", "Url, Colour", "8.8.4.4", "a.com")]
    [InlineData("@{ deep = @{ er = '8.8.4.4'; other = 'a.com' } }", "deep.er", "8.8.4.4")]
    [InlineData("'a.com'", "Colour", "a.com")]
    public void The_columns_can_be_named(string script, string names, params string[] expected)
    {
        string[] results = ModuleSession.Lines(Session.Run($"{script} | Start-IocEnrichment @To -Property {names} | Receive-IocEnrichmentResult -Wait"), "Indicator");

        Assert.Equal(expected, results);
        Assert.Empty(Session.Errors);
    }

    [Fact]
    public void A_column_that_is_named_and_is_not_there_is_an_error_that_names_those_that_are()
    {
        Session.Run("@{ Url = 'a.com' } | Start-IocEnrichment @To -Property Nothing | Receive-IocEnrichmentResult -Wait");

        Assert.Equal("An object of the type Hashtable has none of the properties named with -Property. Its properties: Url.", Message);
    }

    [Fact]
    public void The_page_about_input_lists_the_columns_in_the_order_of_the_code()
    {
        Type known = ((CmdletInfo)Session.Run("Get-Command Start-IocEnrichment").Single().BaseObject)
            .ImplementingType.Assembly.GetType("IocEnrich.PowerShell.Input.KnownColumns", throwOnError: true)!;
        IEnumerable<object> all = (IEnumerable<object>)known.GetField("All", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.GetValue(null)!;

        string[] names = [.. all.Select(static column => (string)column.GetType().GetProperty("Name")!.GetValue(column)!)];
        InputPage.WriteWhereAsked(names);

        Assert.Equal(names, InputPage.Columns());
    }
}
