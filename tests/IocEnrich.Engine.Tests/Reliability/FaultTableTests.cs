using System.Globalization;
using System.Text;
using IocEnrich.Engine.Tests.Orchestration;

namespace IocEnrich.Engine.Tests.Reliability;

/// <summary>
/// Every fault against a job of forty indicators, over real sockets. The table in docs/reliability.md is written by this test when the
/// environment variable IOCENRICH_WRITE_DOCS is 1, and compared with what it finds otherwise.
/// </summary>
[Collection(Alone.Name)]
public sealed class FaultTableTests
{
    private const string Begin = "<!-- fault table: begin -->";
    private const string End = "<!-- fault table: end -->";

    // What could pass: tried once more, and where it does not stop, the service is down.
    private static readonly (string Name, string Fault)[] Passing =
    [
        ("connection reset before the headers", "reset"),
        ("connection reset in the headers", "reset:headers"),
        ("connection reset after the headers", "reset:after-headers"),
        ("connection reset in the body", "reset:body"),
        ("no answer within the time limit", "stall"),
        ("a body slower than the time limit", "drip:50ms"),
        ("body shorter than its Content-Length", "truncate"),
        ("last chunk of the body missing", "truncate:chunked"),
        ("JSON that is not a report", "wrong-json"),
        ("an HTML page with status 200", "html"),
        ("an empty body with status 200", "empty"),
        ("a body of 64 MB", "huge:64MB"),
        ("plain text under Content-Encoding: gzip", "wrong-encoding"),
        ("a redirect to another host", "redirect:http://127.0.0.1:9/"),
        ("500", "500"),
        ("503 with the API's error", "503"),
        ("503 with an HTML page", "html:503"),
        ("504", "504"),
        ("404 that is not the API's", "html:404"),
        ("401 with an HTML page", "html:401"),
        ("403 with an HTML page", "html:403"),
        ("403 with JSON that is not the API's", "403:AccessDenied"),
        ("405 with an HTML page", "html:405"),
        ("407 with an HTML page", "html:407"),
        ("421 with an HTML page", "html:421"),
        ("451 with an HTML page", "html:451"),
        ("511, a login page", "html:511"),
        ("a report on another object", "other-object"),
        ("truncated gzip", "gzip:cut"),
        ("1 GB of gzip of empty blocks", "gzip:blocks"),
        ("1 GB of gzip of empty members", "gzip:members"),
        ("1 GB of a comment in gzip", "gzip:comment"),
    ];

    private static readonly (string Name, string Fault)[] Own = [("400", "400"), ("409", "409"), ("424", "424")];

    private static readonly (string Name, string Fault)[] Ending = [("401", "401"), ("403", "403")];

    // The indicator is answered, without a verdict where there is none to be had.
    private static readonly (string Name, string Fault)[] Counts =
    [
        ("the count of malicious engines as `55.0`", "count:55.0"),
        ("the count of malicious engines as `\"55\"`", "count:\"55\""),
        ("the count of malicious engines as `null`", "count:null"),
        ("the count of malicious engines as `-1`", "count:-1"),
        ("the count of malicious engines as `2147483648`", "count:2147483648"),
    ];

    private static readonly FaultCase[] Cases =
    [
        .. Passing.SelectMany(static fault => Enum.GetValues<FaultReach>().Select(reach => new FaultCase(fault.Name, fault.Fault, reach))),
        .. Own.SelectMany(static fault => new[] { FaultReach.OneIndicator, FaultReach.Everything }.Select(reach => new FaultCase(fault.Name, fault.Fault, reach))),
        new FaultCase("429, Retry-After: 1", "429@retry-after=1", FaultReach.OneFirstRequest),
        new FaultCase("429, Retry-After as a date", "429@retry-after=date+1", FaultReach.OneFirstRequest),
        new FaultCase("429, Retry-After: 1", "429@retry-after=1", FaultReach.OneIndicator),
        new FaultCase("429, Retry-After: 0", "429@retry-after=0", FaultReach.OneFirstRequest),
        new FaultCase("429, Retry-After: 0", "429@retry-after=0", FaultReach.Everything),
        new FaultCase("429, Retry-After as a date that is now", "429@retry-after=date+0", FaultReach.Everything),
        new FaultCase("429 without Retry-After", "429", FaultReach.Everything),
        new FaultCase("429, Retry-After: 7200", "429@retry-after=7200", FaultReach.Everything),
        .. Counts.Select(static fault => new FaultCase(fault.Name, fault.Fault, FaultReach.OneIndicator)),
        .. Ending.SelectMany(static fault => new[] { FaultReach.OneFirstRequest, FaultReach.Everything }.Select(reach => new FaultCase(fault.Name, fault.Fault, reach))),
    ];

    [Fact]
    public async Task Every_fault_leaves_one_result_for_each_indicator_and_the_page_says_what_came_of_it()
    {
        string[] rows = new string[Cases.Length];
        await Parallel.ForAsync(0, Cases.Length, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (index, _) =>
        {
            FaultCase fault = Cases[index];
            FaultOutcome outcome = await fault.RunAsync();
            Check(fault, outcome);
            rows[index] = Row(fault, outcome);
        });

        string page = Path.Combine(Repository.Root, "docs", "reliability.md");
        string text = await File.ReadAllTextAsync(page);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        string table = $"\n{Table(rows)}\n";
        if (Environment.GetEnvironmentVariable("IOCENRICH_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(page, text[..begin] + table + text[end..]);
            return;
        }

        Assert.Equal(text[begin..end], table);
    }

    private static void Check(FaultCase fault, FaultOutcome outcome)
    {
        string what = $"{fault}: {outcome.Progress}, {outcome.Reasons}";
        Assert.True(outcome.Results.Count == FaultCase.Indicators && outcome.Distinct == FaultCase.Indicators, what);
        Assert.True(outcome.MostRequests <= 2, what);
        Assert.All(outcome.Results, result => Assert.Equal(result.Requests, outcome.Requests.GetValueOrDefault(result.Indicator)));
        Assert.True(outcome.Requested < FaultCase.Indicators * 2 + 1, what);
        EnrichmentResult faulty = outcome.Results.Single(static result => result.Indicator == JobTesting.Domain(7));
        Assert.True(!fault.Fault.StartsWith("count:", StringComparison.Ordinal) || Expected(fault.Fault) == faulty.Verdict, $"{what}: {faulty}, {faulty.Reason}");
        Assert.DoesNotContain("canary", string.Join('\n', outcome.Results.Select(static result => result.Error)), StringComparison.Ordinal);
    }

    private static Verdict Expected(string count) => count.Contains("55", StringComparison.Ordinal) ? Verdict.Malicious : Verdict.Unknown;

    private static string Row(FaultCase fault, FaultOutcome outcome)
    {
        bool isEverything = fault.Reach == FaultReach.Everything;
        string where = fault.Reach switch
        {
            FaultReach.OneFirstRequest => "one indicator's first request",
            FaultReach.OneIndicator => "all requests of one indicator",
            _ => "all requests",
        };

        // Where the job ends early it depends on the moment how many were sent; what does not is that none had more than two.
        string requests = outcome.Progress.Error is not null
            ? "0 to 2"
            : outcome.MostRequests == 1 ? "1" : isEverything ? "2" : "2, others 1";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {fault.Name} | {where} | {outcome.Results.Count} of {FaultCase.Indicators} | {(outcome.Progress.Error is null ? outcome.Answered : isEverything ? 0 : "those before")} | {requests} | {outcome.Progress.State} | {(outcome.Progress.Error is null ? outcome.Reasons : outcome.Progress.Error.Kind)} |");
    }

    private static string Table(IEnumerable<string> rows) => new StringBuilder()
        .AppendLine("| fault | affects | results | answered | requests per indicator | job | reason |")
        .AppendLine("| --- | --- | --- | --- | --- | --- | --- |")
        .AppendJoin('\n', rows)
        .ToString();
}
