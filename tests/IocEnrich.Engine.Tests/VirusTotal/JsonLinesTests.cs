using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers.VirusTotal;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>What is taken out of a report before it is read, and what is not.</summary>
public sealed class JsonLinesTests
{
    private static readonly ulong[] Unread = [JsonLines.Beginning("\"engine_"u8), JsonLines.Beginning("\"result\""u8)];

    [Theory]
    [InlineData("{\n    \"a\": 1,\n    \"b\": 2\n}\n", "{\n\"a\": 1,\n\"b\": 2\n}\n")]
    [InlineData("{\n  \"engine_name\": \"Bkav\",\n  \"a\": 1\n}", "{\n\"a\": 1\n}")]
    [InlineData("{\n  \"a\": 1,\n  \"engine_update\": \"20211109\"\n}", "{\n\"a\": 1\n}")]
    [InlineData("{\n  \"a\": 1,\n  \"result\": null,\n  \"engine_update\": \"20211109\"\n}", "{\n\"a\": 1\n}")]
    [InlineData("{\n  \"a\": {\n    \"result\": null\n  },\n  \"b\": 2\n}", "{\n\"a\": {\n},\n\"b\": 2\n}")]
    [InlineData("{\n  \"result\": null,\n  \"engine_version\": \"\",\n  \"a\": 1\n}", "{\n\"a\": 1\n}")]
    public void Indents_and_lines_that_nobody_reads_are_taken_out(string text, string left) => Assert.Equal(left, Thin(text));

    [Theory]
    [InlineData("{\n\"engine_update\": \"20211109\"\n, \"b\": 1}")]
    [InlineData("{\n\"engine_update\": \"20211109\"\n\n}")]
    [InlineData("{\n\"engine_update\": \"20211109\"\n")]
    [InlineData("{\n\"engine_update\":\"20211109\"\n}")]
    [InlineData("{\n\"engine_update\": \"\n}")]
    [InlineData(",\n\"a\": [\n1\n]\n,\"b\": 2\n\"engine_update\": \"20211109\"\n}")]
    [InlineData("\n\"engine_update\": \"20211109\"\n}")]
    [InlineData("{\n\"engine_name\": \"a\\\",\n\"b\": 1\n}")]
    [InlineData("{\n\"engine_name\": \"a\", \"b\": \"c\",\n\"d\": 1\n}")]
    [InlineData("{\n\"result\": {\n\"b\": 1\n}\n}")]
    [InlineData("{\n\"result\": 12,\n\"b\": 1\n}")]
    [InlineData("{\n\"result\": nulL,\n\"b\": 1\n}")]
    [InlineData("{\n\"result\": \",\n\"b\": 1\n}")]
    [InlineData("{\n\"results\": \"x\",\n\"b\": 1\n}")]
    [InlineData("{\n\"engine_,\n\"b\": 1\n}")]
    [InlineData("\"engine_name\": \"the end of a string that began in the piece before\",\n\"b\": 1\n}")]
    [InlineData("{\n\"engine_name\": \"its end is in the next piece")]
    [InlineData("{\n\"engine_name\": \"its end is in the next piece\",")]
    public void What_is_not_one_whole_member_stays(string text) => Assert.Equal(text, Thin(text));

    [Fact]
    public void Lines_of_any_length_and_indent_are_taken_as_the_rule_says()
    {
        Gen<string> line = Gen.OneOf(
            Gen.Select(Name, Gen.OneOf(OneOf("null", "12", "[]"), Word.Select(static word => $"\"{word}\"")), static (name, value) => $"\"{name}\": {value}"),
            Gen.Select(Name, Word, static (name, value) => $"\"{name}\":\"{value}\""),
            OneOf("{", "}", "},", "]", "", "\"result\": \"a\", \"b\": \"c\"", "\"result\": \"\\\\\"", "\"result\": \"a\\\"\"", "\"engine_"));
        Gen<string> indented = Gen.Select(Gen.Int[0, 70], line, Gen.Bool, static (indent, line, comma) => new string(' ', indent) + line + (comma ? "," : ""));

        indented.Array[0, 40].Select(static lines => string.Join('\n', lines)).Sample(static text => Assert.Equal(ThinByTheRule(text), Thin(text)), iter: 20_000);
    }

    [Theory]
    [InlineData("44d88612fea8a8f36de82e1278abb02f")]
    [InlineData("evil.example.com")]
    [InlineData("8.8.8.8")]
    public async Task A_report_reads_the_same_in_lines_in_one_line_and_in_pieces_of_any_size(string indicator)
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        server.Answers.Set(indicator, EmulatedVerdict.Malicious(40));
        string path = VirusTotalAddresses.AddressOf("", Indicator.Parse(indicator))!;
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"{server.Endpoint}/{path}"));
        request.Headers.Add("x-apikey", "a-key");
        using HttpClient http = new();
        using HttpResponseMessage response = await http.SendAsync(request);
        byte[] lines = await response.Content.ReadAsByteArrayAsync();
        byte[] line = Encoding.UTF8.GetBytes(JsonNode.Parse(lines)!.ToJsonString());
        Assert.True(lines.Count(static letter => letter == '\n') > 100, "The service writes its reports in lines.");

        VirusTotalReport report = await ReadAsync(line, line.Length);

        Assert.NotNull(report.Detections);
        foreach (int size in new[] { 1, 7, 100, 1000, 16 * 1024 })
        {
            Assert.Equivalent(report, await ReadAsync(lines, size), strict: true);
        }
    }

    [Fact]
    public async Task A_report_that_is_cut_within_a_line_that_nobody_reads_is_refused()
    {
        byte[] body = "{\"data\":{\"attributes\":{\"last_analysis_results\":{\n\"A\":{\n\"engine_name\": \"A"u8.ToArray();

        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(body, body.Length));
    }

    [Theory]
    [InlineData("""{"data":{"attributes":{"tags":["a",]}}}""")]
    [InlineData("""{"data":{"attributes":{"size":1,}}}""")]
    [InlineData("{\n\"data\": {\n\"attributes\": {\n\"size\": 1,\n}\n}\n}")]
    public async Task A_comma_that_the_service_leaves_before_an_end_is_refused(string body) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(Encoding.UTF8.GetBytes(body), body.Length));

    private static Gen<string> Name { get; } = OneOf("engine_name", "engine_update", "result", "category", "a", "\\\"x", "engine_a_name_that_is_longer_than_most_are");

    private static Gen<string> Word { get; } = Gen.String[Gen.Char["ab ,:}"], 0, 70];

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    /// <summary>The rule, line by line, without any haste.</summary>
    private static string ThinByTheRule(string text)
    {
        string[] lines = text.Split('\n');
        StringBuilder kept = new();
        for (int index = 0; index < lines.Length; index++)
        {
            string line = index == 0 ? lines[0] : lines[index].TrimStart(' ');
            bool isLast = index == lines.Length - 1;
            if (index > 0 && !isLast && Regex.Match(line, """^"(engine_[^"]*|result)": ("[^"\\]*"|null)(,?)$""") is { Success: true } unread)
            {
                string before = kept.ToString();
                if (unread.Groups[3].Length > 0 || (IsEnd(lines[index + 1]) && before.EndsWith("{\n", StringComparison.Ordinal)))
                {
                    continue;
                }

                if (IsEnd(lines[index + 1]) && before.EndsWith(",\n", StringComparison.Ordinal))
                {
                    kept.Length -= 2;
                    kept.Append('\n');
                    continue;
                }
            }

            kept.Append(line).Append(isLast ? "" : "\n");
        }

        return kept.ToString();

        static bool IsEnd(string line) => line.TrimStart(' ').StartsWith('}');
    }

    private static string Thin(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(bytes, 0, JsonLines.Thin(bytes, Unread));
    }

    private static async Task<VirusTotalReport> ReadAsync(byte[] body, int bytesAtATime)
    {
        ReportReader reader = new();
        await using PieceStream stream = new(body, bytesAtATime);
        await JsonStream.ReadAsync(stream, reader, BodyLimits.MaxAnswerBytes, CancellationToken.None);
        return reader.Report!;
    }
}
