using System.Text;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Tests.Orchestration;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>Responses that nobody asked for on connections that are kept: each request then gets the answer to another.</summary>
public sealed class SlippedInAnswersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public async Task Answers_that_come_one_request_late_are_nobodys(int throttleLimit)
    {
        // From its second request on, each connection answers with the report on what was asked before.
        Dictionary<int, string> before = [];
        await using RawServer server = new(request =>
        {
            lock (before)
            {
                string path = request.Number == 0 ? request.Path : before[request.Connection];
                before[request.Connection] = request.Path;
                return RawAnswer.Of(200, "", Report(path));
            }
        });

        (EnrichmentResult[] results, _) = await RunAsync(server, 40, throttleLimit);

        Assert.All(results, static result => AssertOwn(result));
        Assert.Equal(40, results.Length);
        AssertNoConnectionIsUsedAfter(server, static request => request.Number == 1);
    }

    [Fact]
    public async Task A_response_slipped_in_beside_the_right_one_gives_nobody_a_verdict()
    {
        // Beside each third answer comes a report on another indicator of the list, in the same write or in one of its own.
        await using RawServer server = new(request =>
        {
            byte[] own = RawAnswer.Bytes(200, "", Report(request.Path));
            byte[] other = RawAnswer.Bytes(200, "", Report("/api/v3/domains/" + JobTesting.Domain(0)));
            return request.Number % 3 != 1 ? new RawAnswer([own])
                : request.Connection % 2 == 0 ? new RawAnswer([(byte[])[.. own, .. other]])
                : new RawAnswer([own, other]);
        });

        (EnrichmentResult[] results, EnrichmentProgress progress) = await RunAsync(server, 300, 4);

        Assert.Equal(300, results.Length);
        Assert.All(results, static result => AssertOwn(result));
        Assert.Equal(EnrichmentJobState.Completed, progress.State);
    }

    [Fact]
    public async Task A_connection_is_not_used_again_after_an_answer_to_another_question()
    {
        string other = Encoding.UTF8.GetString(Report("/api/v3/domains/other.example.org"));
        await using RawServer server = new(request => RawAnswer.Of(200, "", request.Number == 3 ? Encoding.UTF8.GetBytes(other) : Report(request.Path)));

        (EnrichmentResult[] results, _) = await RunAsync(server, 200, 16);

        Assert.All(results, static result => AssertOwn(result));
        AssertNoConnectionIsUsedAfter(server, static request => request.Number == 3);
    }

    [Fact]
    public async Task A_connection_is_not_used_again_after_a_page_that_is_not_the_apis()
    {
        await using RawServer server = new(static request =>
            request.Number == 2 ? RawAnswer.Of(403, "Content-Type: text/html\r\n", "<html></html>"u8) : RawAnswer.Of(200, "", Report(request.Path)));

        (EnrichmentResult[] results, _) = await RunAsync(server, 60, 4);

        Assert.All(results, static result => AssertOwn(result));
        AssertNoConnectionIsUsedAfter(server, static request => request.Number == 2);
    }

    [Fact]
    public async Task A_connection_is_kept_after_answers_that_are_the_apis()
    {
        await using RawServer server = new(static request => request.Number % 2 == 0
            ? RawAnswer.Of(404, "", """{"error":{"code":"NotFoundError","message":"It was not found"}}"""u8)
            : RawAnswer.Of(200, "", Report(request.Path)));

        (EnrichmentResult[] results, _) = await RunAsync(server, 100, 1);

        Assert.All(results, static result => Assert.NotEqual(EnrichmentStatus.Failed, result.Status));
        Assert.Equal(0, server.Requests.Max(static request => request.Connection));
    }

    private static byte[] Report(string path) => Encoding.UTF8.GetBytes(RawReports.On(path, $"\"registrar\":\"of {path[(path.LastIndexOf('/') + 1)..]}\","));

    private static void AssertOwn(EnrichmentResult result)
    {
        if (result.Status == EnrichmentStatus.Found)
        {
            Assert.Equal($"of {result.Indicator}", result.Registrar);
        }
        else
        {
            Assert.Equal(EnrichmentStatus.Failed, result.Status);
        }
    }

    private static void AssertNoConnectionIsUsedAfter(RawServer server, Func<RawRequest, bool> isWrong)
    {
        foreach (IGrouping<int, RawRequest> connection in server.Requests.GroupBy(static request => request.Connection))
        {
            Assert.True(connection.TakeWhile(request => !isWrong(request)).Count() + 1 >= connection.Count(), $"Connection {connection.Key} carried {connection.Count()} requests.");
        }
    }

    private static async Task<(EnrichmentResult[] Results, EnrichmentProgress Progress)> RunAsync(RawServer server, int indicators, int throttleLimit)
    {
        using HttpMessageInvoker http = HttpPools.Create();

        // Many answers in a row that cannot be read are an outage, which is waited for with growing pauses.
        HurriedTime time = new();
        EnrichmentJob job = new EnrichmentOrchestrator(timeProvider: time).Start(HostileTesting.Provider(http, server.Endpoint), throttleLimit, time: time);
        job.AddAll(Enumerable.Range(0, indicators).Select(JobTesting.Domain));
        EnrichmentResult[] results = await job.FinishAsync();
        return (results, job.GetProgress());
    }
}
