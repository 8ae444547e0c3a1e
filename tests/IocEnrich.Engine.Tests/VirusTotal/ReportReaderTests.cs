using System.Text;
using System.Text.Json;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers.VirusTotal;

namespace IocEnrich.Engine.Tests.VirusTotal;

public sealed class ReportReaderTests
{
    private const string File = """
        {"data":{"attributes":{
          "type_description":"Win32 EXE","size":2996,"reputation":-7,"meaningful_name":"invoice.exe","names":["a.exe","b.exe"],
          "exif":{"MF":"x","mf":2,"":null,"tags":["not these"],"size":1},
          "pe_info":{"machine_type":332,"sections":[{"name":".text","size":9}]},
          "tags":["peexe","overlay","PEEXE"],
          "popular_threat_classification":{"suggested_threat_label":"trojan.","popular_threat_category":[{"count":3,"value":"trojan"}]},
          "last_analysis_results":{"A":{"category":"malicious","result":"X"},"B":{"category":"undetected","result":null}},
          "last_analysis_stats":{"harmless":0,"type-unsupported":5,"suspicious":1,"confirmed-timeout":1,"timeout":2,"failure":1,"malicious":45,"undetected":26},
          "last_analysis_date":1600790003,"first_submission_date":1500000000,"sha256":"00ff"},
         "type":"file","id":"00ff","links":{"self":"https://example.com/data/attributes"}}}
        """;

    [Fact]
    public async Task The_attributes_of_a_report_are_read_and_those_of_the_same_name_deeper_down_are_not()
    {
        VirusTotalReport report = (await ReadAsync(File))!;

        Assert.Equal("00ff", report.Id);
        Assert.Equal(new DetectionCounts(45, 1, 0, 26), report.Detections);
        Assert.Equal("invoice.exe", report.MeaningfulName);
        Assert.Equal("a.exe", report.FirstName);
        Assert.Equal("Win32 EXE", report.TypeDescription);
        Assert.Equal(2996, report.Size);
        Assert.Equal(-7, report.Reputation);
        Assert.Equal(["peexe", "overlay"], report.Tags);
        Assert.Equal("trojan.", report.SuggestedThreatLabel);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1600790003), report.LastAnalysisDate);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1500000000), report.FirstSubmissionDate);
    }

    [Fact]
    public async Task A_report_that_arrives_byte_by_byte_reads_the_same()
    {
        VirusTotalReport? atOnce = await ReadAsync(File);
        VirusTotalReport? dripping = await ReadAsync(File, bytesAtATime: 1);

        Assert.Equivalent(atOnce, dripping, strict: true);
    }

    [Fact]
    public async Task Where_the_stats_are_missing_the_engines_opinions_are_counted()
    {
        VirusTotalReport? report = await ReadAsync("""
            {"data":{"id":"x","attributes":{"last_analysis_results":{
              "A":{"category":"malicious"},"B":{"category":"harmless","method":"malicious"},"C":{"category":"timeout"},"D":{"result":"undetected"}}}}}
            """);

        Assert.Equal(new DetectionCounts(1, 0, 1, 0), report?.Detections);
    }

    [Fact]
    public async Task A_report_without_any_analysis_has_no_detections()
    {
        VirusTotalReport? report = await ReadAsync("""{"data":{"id":"x","attributes":{"reputation":0}}}""");

        Assert.NotNull(report);
        Assert.Null(report.Detections);
        Assert.Equal(0, report.Reputation);
    }

    [Fact]
    public async Task Attributes_of_an_unexpected_type_are_passed_over()
    {
        VirusTotalReport? report = await ReadAsync("""
            {"data":{"id":7,"attributes":{"size":"large","reputation":null,"tags":"one","names":{"a":"b"},"title":["x"],"asn":1.5,
              "last_analysis_date":-5,"creation_date":99999999999999,"last_analysis_stats":[1,2],"country":{"code":"DE"},
              "last_http_response_code":1e9,"as_owner":"Example"}}}
            """);

        Assert.NotNull(report);
        Assert.Equal("Example", report.AsOwner);
        Assert.Null(report.Id);
        Assert.Null(report.Size);
        Assert.Null(report.Title);
        Assert.Null(report.Country);
        Assert.Null(report.LastAnalysisDate);
        Assert.Null(report.CreationDate);
        Assert.Null(report.Detections);
        Assert.Null(report.LastHttpResponseCode);
    }

    [Fact]
    public async Task Texts_that_could_act_on_a_terminal_are_made_visible()
    {
        VirusTotalReport? report = await ReadAsync("""
            {"data":{"id":"x","attributes":{"meaningful_name":"a\u001b[2Jb\u202Egpj.exe","title":"\ud800 lone","tags":["line\nbreak"]}}}
            """);

        Assert.Equal(@"a\u{001B}[2Jb\u{202E}gpj.exe", report?.MeaningfulName);
        Assert.Equal(@"\ud800 lone", report?.Title);
        Assert.Equal([@"line\u{000A}break"], report?.Tags);
    }

    [Theory]
    [InlineData("""{"unexpected":true}""")]
    [InlineData("""{"data":[{"id":"x","attributes":{}}]}""")]
    [InlineData("""{"data":{"id":"x","attributes":null}}""")]
    [InlineData("""{"error":{"data":{"attributes":{}}}}""")]
    [InlineData("""[1,2,3]""")]
    [InlineData("\"text\"")]
    public async Task Json_that_is_no_report_is_none(string body) => Assert.Null(await ReadAsync(body));

    [Theory]
    [InlineData("")]
    [InlineData("{\"data\":{\"attributes\":{\"size\":1")]
    [InlineData("<html></html>")]
    [InlineData("{} {}")]
    public async Task What_is_no_json_is_refused(string body) => await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(body));

    [Fact]
    public async Task A_text_longer_than_a_piece_is_read_whole_and_shown_short()
    {
        string name = new('n', 100_000);

        VirusTotalReport? report = await ReadAsync("""{"data":{"id":"x","attributes":{"meaningful_name":"NAME","size":5}}}""".Replace("NAME", name, StringComparison.Ordinal));

        Assert.Equal(name[..DisplayText.MaxLength] + "…", report?.MeaningfulName);
        Assert.Equal(5, report?.Size);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using MemoryStream body = new(Encoding.UTF8.GetBytes($"\"{new string('n', 100_000)}\""));

        await Assert.ThrowsAsync<AnswerTooLargeException>(
            async () => await JsonStream.ReadAsync(body, new ReportReader(), 50_000, CancellationToken.None));
    }

    private static async Task<VirusTotalReport?> ReadAsync(string body, int bytesAtATime = int.MaxValue)
    {
        ReportReader reader = new();
        await using PieceStream stream = new(Encoding.UTF8.GetBytes(body), bytesAtATime);
        await JsonStream.ReadAsync(stream, reader, BodyLimits.MaxAnswerBytes, CancellationToken.None);
        return reader.Report;
    }
}
