using System.IO.Compression;
using System.Text;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Tests.Orchestration;

/// <summary>Nothing that runs after an indicator was answered loses its result, or keeps the job from its end, whatever it throws.</summary>
public sealed class HostileListenerTests
{
    private const string Json = """{"data":{"id":"x"}}""";

    private readonly EnrichmentOrchestrator _orchestrator = new();

    public static TheoryData<Type> Exceptions() =>
        new(typeof(InvalidOperationException), typeof(OutOfMemoryException), typeof(OperationCanceledException), typeof(InvalidDataException), typeof(NullReferenceException));

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task A_report_that_cannot_be_formed_comes_as_text_with_the_reason_taken_or_kept(Type exception)
    {
        EnrichmentJobOptions options = JobTesting.Options() with { ReportForm = _ => throw (Exception)Activator.CreateInstance(exception, "the \u001b[31mreason")! };
        EnrichmentJob job = _orchestrator.Start(new ReportProvider(Compressed(Json)), options, out _);
        job.AddAll(Enumerable.Range(0, 20).Select(JobTesting.Domain));
        await job.Finished.WaitAsync(JobTesting.Limit);

        long cursor = 0;
        int kept = 0;
        while (job.Results.TryPeek(ref cursor, out EnrichmentResult? result))
        {
            kept++;
            AssertUnparsed(result);
        }

        EnrichmentResult[] taken = job.TakeAll();
        Assert.Equal((20, 20), (kept, taken.Length));
        Assert.All(taken, AssertUnparsed);

        static void AssertUnparsed(EnrichmentResult result)
        {
            UnparsedReport report = Assert.IsType<UnparsedReport>(result.Report);
            Assert.Equal(Json, report.Text);
            Assert.Contains("the \\u{001B}[31mreason", report.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(30)]
    public async Task What_is_left_of_a_damaged_report_is_given_as_far_as_it_goes(int length)
    {
        byte[] gzip = Compressed(new string('x', 20_000) + Json);
        EnrichmentJobOptions options = JobTesting.Options() with { ReportForm = _ => throw new InvalidDataException("It was cut") };
        EnrichmentJob job = _orchestrator.Start(new ReportProvider(gzip[..length]), options, out _);
        job.AddAll(["a.example.com"]);

        UnparsedReport unparsed = Assert.IsType<UnparsedReport>(Assert.Single(await job.FinishAsync()).Report);

        Assert.StartsWith("The report could not be converted to objects and is returned as text: It was cut.", unparsed.Reason);
        Assert.StartsWith(unparsed.Text, new string('x', 20_000) + Json);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task A_listener_that_throws_ends_no_worker_and_the_job_has_its_end(Type exception)
    {
        EnrichmentJob job = _orchestrator.Start(new ReportProvider(Compressed(Json)), JobTesting.Options(), out _);
        job.ResultAdded += () => throw (Exception)Activator.CreateInstance(exception)!;
        job.AddAll(Enumerable.Range(0, 50).Select(JobTesting.Domain).Append("10.0.0.1").Append("no indicator at all"));

        Assert.Equal(52, (await job.FinishAsync()).Length);
    }

    [Fact]
    public void What_fails_on_the_way_out_of_the_buffer_leaves_the_result_as_it_was()
    {
        ResultBuffer buffer = new(static _ => throw new InvalidOperationException());
        EnrichmentResult result = new() { Indicator = "a.example.com", Type = IndicatorType.Domain, Status = EnrichmentStatus.NotFound };
        buffer.TryAdd(result);
        long cursor = 0;

        Assert.True(buffer.TryPeek(ref cursor, out EnrichmentResult? kept));
        Assert.True(buffer.TryTake(out EnrichmentResult? taken));
        Assert.Equal((result, result), (kept, taken));
    }

    private static byte[] Compressed(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private sealed class ReportProvider(byte[] gzip) : IIndicatorProvider
    {
        public string Name => "reports";

        public object Terms => Name;

        public ValueTask<LookupOutcome> LookUpAsync(Indicator indicator, CancellationToken cancellationToken) => ValueTask.FromResult(LookupOutcome.Answered(
            new EnrichmentResult { Indicator = indicator.Value, Type = indicator.Type, Status = EnrichmentStatus.Found, Requests = 1 },
            new RawReport(gzip)));
    }
}
