using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Text;

namespace IocEnrich.PowerShell.Tests.Jobs;

/// <summary>Whatever stands in a report: its result arrives, and so do those behind it, by every way of receiving.</summary>
public sealed class HostileReportTests : IAsyncLifetime
{
    private const int Count = 12;

    private ModuleSession _session = null!;

    public async Task InitializeAsync() => _session = await ModuleSession.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    /// <summary>What stands in the report's attributes, and what the module makes of it.</summary>
    public static TheoryData<string, string> Hostile()
    {
        TheoryData<string, string> data = new()
        {
            { """ "a":"\udfff" """, """a=\uDFFF""" },
            { """ "a":"\ud800\ud800x" """, """a=\uD800\uD800x""" },
            { """ "a":"\udc00\ud800\\\"\/\b\f\n\r\t\u0041" """, """a=\uDC00\uD800\"/\u0008\u000C\u000A\u000D\u0009A""" },
            { """ "x":{"\udfff":1,"\ud800":2} """, """x=@{\uDFFF=1; \uD800=2}""" },
            { """ "a":"£FF" """, """a=\uFFFD""" },
            { """ "x":{"£C0£80":1},"b":["£ED£A0£80"] """, """x=@{\uFFFD\uFFFD=1} b=\uFFFD\uFFFD\uFFFD""" },
            { """ "PSObject":1 """, "PSObject#2=1" },
            { """ "psobject":1,"PsObject":2,"PSObject#2":3 """, "psobject#2=1 PsObject#3=2 PSObject#2#2=3" },
            { """ "PSTypeNames":["System.Diagnostics.Process"],"pstypenames":"x" """, "PSTypeNames#2=System.Diagnostics.Process pstypenames#3=x" },
            { """ "PSBase":1,"PSAdapted":2,"psextended":3 """, "PSBase#2=1 PSAdapted#2=2 psextended#2=3" },
            { """ "ToString":1,"Equals":2,"GetType":3,"GetHashCode":4,"Properties":5,"Members":6,"Methods":7,"BaseObject":8 """,
                "ToString=1 Equals=2 GetType=3 GetHashCode=4 Properties=5 Members=6 Methods=7 BaseObject=8" },
            { """ "":1,"":2,"(empty)":3 """, "(empty)=1 (empty)#2=2 (empty)#3=3" },
            { """ "a":1,"A":2,"a#2":3,"a":4 """, "a=1 A#2=2 a#2#2=3 a#3=4" },
            { """ "a":1e999,"b":-1e999,"c":123456789012345678901234567890123 """, "a=1e999 b=-1e999 c=1.2345678901234569E+32" },
            { """ "a*[b]?":1,"a\u0000b":2,"\u001b[31m":3 """, """a*[b]?=1 a\u0000b=2 \u001B[31m=3""" },
        };
        return data;
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_PowerShell_or_NET_would_refuse_is_made_into_objects_all_the_same(string attributes, string expected)
    {
        Answer("host3.example.com", attributes);

        foreach (string receive in new[] { "Receive-Job -Wait", "Receive-IocEnrichmentResult -Wait" })
        {
            Collection<PSObject> results = Run($"$job | {receive}");

            PSObject report = Assert.IsType<PSObject>(results.Single(IsHostile).Properties["Report"].Value);
            PSObject made = (PSObject)((PSObject)report.Properties["data"].Value).Properties["attributes"].Value;
            Assert.Equal(expected, string.Join(' ', made.Properties.Where(static property => property.Name is not ("reputation" or "last")).Select(Show)));
        }
    }

    [Theory]
    [InlineData("Receive-Job -Wait")]
    [InlineData("Wait-Job | Receive-Job")]
    [InlineData("Wait-Job | Receive-Job -Keep; $job | Receive-Job -Keep")]
    [InlineData("Receive-IocEnrichmentResult -Wait")]
    [InlineData("Receive-IocEnrichmentResult -Wait -Keep")]
    [InlineData("Receive-Job -Keep; $job | Wait-Job | Receive-Job")]
    [InlineData("Receive-IocEnrichmentResult -Keep -Wait | Out-Null; $job | Receive-Job -Wait")]
    [InlineData("% { $null = $job.Output.Count; $null = Wait-Job $job; $job } | Receive-IocEnrichmentResult")]
    public void A_report_that_cannot_become_objects_comes_as_text_with_the_reason_and_all_the_others_as_ever(string receive)
    {
        string deep = string.Concat(Enumerable.Repeat("[", 98)) + string.Concat(Enumerable.Repeat("]", 98));
        Answer("host3.example.com", $"\"deep\":{deep}");
        _session.Server.Answers.SetBody("host5.example.com", 200, """{"data":{"id":"host5.example.com","type":"domain","attributes":{"a":"\udfff"}}}""");

        List<PSObject> results = [.. Run($"$job | {receive}").DistinctBy(static result => (string)result.Properties["Indicator"].Value)];

        Assert.Equal(Count, results.Count);
        Assert.All(results, static result => Assert.Contains("ound", result.Properties["Status"].Value.ToString(), StringComparison.Ordinal));
        Assert.Equal("Completed", _session.Run("$job.State").Single().ToString());
        PSObject hostile = results.Single(IsHostile);
        _session.Runspace.SessionStateProxy.SetVariable("report", hostile.Properties["Report"].Value);
        Assert.Equal(
            ["IocEnrich.UnparsedReport", "True", "True"],
            _session.Run("$report.GetType().FullName; $report.Text.StartsWith('{\"data\"'); $report.Reason -like 'The report could not be converted to objects*depth*'")
                .Select(static item => item.ToString()));
    }

    [Theory]
    [InlineData("""$job.Output.add_DataAdded({ throw 'a listener' })""")]
    [InlineData("""$job.Error.add_DataAdded({ throw 'a listener' })""")]
    public void Whoever_listens_to_the_streams_and_throws_stalls_nothing_and_loses_nothing(string listen)
    {
        _session.Server.Faults.Add("stall:1s@max=4");
        _session.Run($"$job = 1..{Count} | ForEach-Object {{ \"host$_.example.com\" }} | Start-IocEnrichment @To; {listen}");

        Collection<PSObject> results = _session.Run("$job | Receive-Job -Wait; $job | Receive-IocEnrichmentResult -Wait");

        Assert.Equal(Count, results.DistinctBy(static result => (string)result.Properties["Indicator"].Value).Count());
        Assert.Equal("Completed", _session.Run("$job.State").Single().ToString());
    }

    [Fact]
    public void Whoever_listens_to_the_state_and_throws_leaves_the_job_its_end()
    {
        // Not with Receive-Job -Wait: PowerShell tells it of the state after those that were there before, and not where one has thrown.
        _session.Server.Faults.Add("stall:1s@max=4");

        Collection<PSObject> results = _session.Run(
            $"$job = 1..{Count} | ForEach-Object {{ \"host$_.example.com\" }} | Start-IocEnrichment @To; $job.add_StateChanged({{ throw 'a listener' }}); $job | Receive-IocEnrichmentResult -Wait");

        Assert.Equal(Count, results.Count);
        Assert.Equal("Completed", _session.Run("$job.State").Single().ToString());
    }

    [Fact]
    public void A_report_with_twenty_thousand_keys_of_one_name_takes_no_longer_than_one_with_as_many_names()
    {
        string same = string.Join(',', Enumerable.Range(0, 20_000).Select(static _ => "\"key\":1"));
        string counted = string.Join(',', Enumerable.Range(2, 20_000).Select(static number => $"\"key#{number}\":1")) + "," + same;
        Answer("host1.example.com", same);
        Answer("host2.example.com", counted);
        Answer("host3.example.com", string.Join(',', Enumerable.Range(0, 20_000).Select(static _ => "\"PSObject\":1")));
        _session.Run($"$job = 1..3 | ForEach-Object {{ \"host$_.example.com\" }} | Start-IocEnrichment @To -IncludeReport; $job | Wait-Job");

        Stopwatch watch = Stopwatch.StartNew();
        Collection<PSObject> results = _session.Run("$job | Receive-IocEnrichmentResult");

        // It took 57 seconds where it grew with the square.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
        Assert.Equal(3, results.Count);
        _session.Runspace.SessionStateProxy.SetVariable("results", results);
        Assert.Equal(
            [20_002, 20_002, 40_002],
            _session.Run("$results | ForEach-Object { @($_.Report.data.attributes.psobject.Properties).Count }").Select(static item => (int)item.BaseObject).Order());
    }

    private static bool IsHostile(PSObject result) => (string)result.Properties["Indicator"].Value == "host3.example.com";

    // What is no Unicode text, or no letter, in the form of JSON: xunit itself would change it on its way to the test.
    private static string Show(PSPropertyInfo property) => string.Concat(
        $"{property.Name}={Value(property.Value)}".Select(static letter => letter is >= ' ' and <= '~' ? letter.ToString() : $"\\u{(int)letter:X4}"));

    private static string? Value(object? value) => value switch
    {
        object?[] items => string.Join(',', items.Select(Value)),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };

    private Collection<PSObject> Run(string receive) => _session.Run(
        $"$job = 1..{Count} | ForEach-Object {{ \"host$_.example.com\" }} | Start-IocEnrichment @To -IncludeReport; {receive}");

    // A £ and two hexadecimal digits stand for a byte, whatever it is.
    private void Answer(string indicator, string attributes)
    {
        string text = """{"data":{"id":"INDICATOR","type":"domain","attributes":{ATTRIBUTES,"reputation":5,"last":0}}}"""
            .Replace("INDICATOR", indicator, StringComparison.Ordinal).Replace("ATTRIBUTES", attributes, StringComparison.Ordinal);
        List<byte> body = [];
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '£')
            {
                body.Add(Convert.FromHexString(text.AsSpan(at + 1, 2))[0]);
                at += 2;
            }
            else
            {
                body.AddRange(Encoding.UTF8.GetBytes(text, at, 1));
            }
        }

        _session.Server.Answers.SetBody(indicator, 200, [.. body]);
    }
}
