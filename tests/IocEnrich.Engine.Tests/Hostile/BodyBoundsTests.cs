using System.Text;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Tests.Orchestration;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>What is held of a body has a bound, and half a body is none.</summary>
[Collection(Alone.Name)]
public sealed class BodyBoundsTests
{
    // What the process may grow by, the pool of buffers and the sockets included; without a bound it was gigabytes.
    private const long MostMemory = 64L << 20;

    [Theory]
    [InlineData("blocks", true)]
    [InlineData("blocks", false)]
    [InlineData("members", true)]
    [InlineData("members", false)]
    [InlineData("comment", true)]
    [InlineData("comment", false)]
    [InlineData("name", true)]
    public async Task Gzip_that_says_nothing_without_end_is_refused_within_its_bound(string kind, bool keepReports)
    {
        long sent = 0;
        GC.Collect();
        long before = Environment.WorkingSet;

        LookupOutcome outcome = await HostileTesting.LookUpAsync(_ => new RawAnswer(Counted(RawReports.Silent(kind, 1L << 30))), keepReports: keepReports);

        Assert.Equal((EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing), (outcome.Failure?.Error.Kind, outcome.Failure?.Scope));
        Assert.True(Interlocked.Read(ref sent) < 32L << 20, $"{sent:N0} bytes were taken.");
        Assert.True(Environment.WorkingSet - before < MostMemory, $"The process grew by {Environment.WorkingSet - before:N0} bytes.");

        IEnumerable<ReadOnlyMemory<byte>> Counted(IEnumerable<ReadOnlyMemory<byte>> pieces)
        {
            foreach (ReadOnlyMemory<byte> piece in pieces)
            {
                Interlocked.Add(ref sent, piece.Length);
                yield return piece;
            }
        }
    }

    [Theory]
    [InlineData(2 << 20)]
    [InlineData(30 << 20)]
    [InlineData(200 << 20)]
    public async Task A_text_a_hundred_times_longer_than_what_was_sent_is_refused(int length)
    {
        byte[] bomb = RawReports.Bomb(length);

        LookupOutcome outcome = await HostileTesting.LookUpAsync(_ => RawAnswer.Of(200, "Content-Encoding: gzip\r\n", bomb), keepReports: true);

        Assert.Equal(EnrichmentErrorKind.UnreadableAnswer, outcome.Failure?.Error.Kind);
        Assert.Contains("is too large", outcome.Failure!.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_text_of_megabytes_is_refused_compressed_or_not(bool isGzip)
    {
        string text = RawReports.On("/api/v3/domains/example.com", $"\"whois\":\"{string.Concat(Enumerable.Range(0, 400_000).Select(static number => $"{number:x8}"))}\",");
        byte[] body = isGzip ? RawReports.Gzip(text) : Encoding.UTF8.GetBytes(text);

        LookupOutcome outcome = await HostileTesting.LookUpAsync(_ => RawAnswer.Of(200, isGzip ? "Content-Encoding: gzip\r\n" : "", body), keepReports: true);

        Assert.Equal(EnrichmentErrorKind.UnreadableAnswer, outcome.Failure?.Error.Kind);
    }

    [Fact]
    public async Task A_large_real_report_is_read_and_kept()
    {
        string engines = string.Join(',', Enumerable.Range(0, 20_000).Select(static number => $"\"Engine {number}\":{{\"category\":\"undetected\",\"engine_name\":\"Engine {number}\",\"result\":null}}"));
        string text = RawReports.On("/api/v3/domains/example.com", $"\"last_analysis_results\":{{{engines}}},");
        Assert.True(text.Length > 1 << 20);

        foreach (bool isGzip in new[] { true, false })
        {
            byte[] body = isGzip ? RawReports.Gzip(text) : Encoding.UTF8.GetBytes(text);
            LookupOutcome outcome = await HostileTesting.LookUpAsync(_ => RawAnswer.Of(200, isGzip ? "Content-Encoding: gzip\r\n" : "", body), keepReports: true);

            Assert.Equal(Verdict.Harmless, outcome.Answer?.Verdict);
            using StreamReader kept = new(outcome.Report!.OpenRead());
            Assert.Equal(text, await kept.ReadToEndAsync());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(12)]
    public async Task Gzip_that_is_cut_short_is_half_an_answer(int missing)
    {
        byte[] body = RawReports.Gzip(RawReports.On("/api/v3/domains/example.com"));

        LookupOutcome outcome = await HostileTesting.LookUpAsync(_ => RawAnswer.Of(200, "Content-Encoding: gzip\r\n", body.AsSpan(0, body.Length - missing)));

        Assert.Equal(EnrichmentErrorKind.UnreadableAnswer, outcome.Failure?.Error.Kind);
    }

    [Fact]
    public async Task A_bit_that_was_turned_in_the_trailer_is_noticed()
    {
        for (int bit = 0; bit < 64; bit++)
        {
            byte[] body = RawReports.Gzip(RawReports.On("/api/v3/domains/example.com"));
            body[^(1 + (bit / 8))] ^= (byte)(1 << (bit % 8));

            LookupOutcome outcome = await HostileTesting.LookUpAsync(_ => RawAnswer.Of(200, "Content-Encoding: gzip\r\n", body));

            Assert.Equal(EnrichmentErrorKind.UnreadableAnswer, outcome.Failure?.Error.Kind);
        }
    }

    [Theory]
    [InlineData("gzip", EnrichmentStatus.Found)]
    [InlineData("GZIP", EnrichmentStatus.Found)]
    [InlineData("br", null)]
    [InlineData("deflate", null)]
    [InlineData("gzip, gzip", null)]
    [InlineData("identity", null)]
    public async Task Only_what_was_asked_for_is_decompressed(string encoding, EnrichmentStatus? status)
    {
        byte[] body = RawReports.Gzip(RawReports.On("/api/v3/domains/example.com"));

        LookupOutcome outcome = await HostileTesting.LookUpAsync(_ => RawAnswer.Of(200, $"Content-Encoding: {encoding}\r\n", body));

        Assert.Equal(status, outcome.Answer?.Status);
        Assert.Equal(status is null ? EnrichmentErrorKind.UnreadableAnswer : null, outcome.Failure?.Error.Kind);
    }
}
