using System.Text;
using System.Text.Json;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class ReportTests : EmulatorTestBase
{
    private static readonly string[] Collections = ["files", "domains", "ip_addresses", "urls"];

    public static TheoryData<string> AllCollections => [.. Collections];

    [Theory]
    [MemberData(nameof(AllCollections))]
    public async Task A_panel_of_engines_and_its_numbers_agree(string collection)
    {
        foreach ((string indicator, string path) in Indicators(collection).Take(40))
        {
            EmulatedVerdict verdict = Server.Answers.VerdictOf(indicator);
            if (verdict.Kind is EmulatedVerdictKind.NotFound or EmulatedVerdictKind.NoAnalysis)
            {
                continue;
            }

            JsonElement attributes = await Client.AttributesAsync(path);
            JsonElement results = attributes.GetProperty("last_analysis_results");
            JsonElement stats = attributes.GetProperty("last_analysis_stats");
            Dictionary<string, int> counted = results.EnumerateObject()
                .CountBy(engine => engine.Value.GetProperty("category").GetString()!)
                .ToDictionary();
            Assert.InRange(results.EnumerateObject().Count(), 70, 95);
            Assert.All(stats.EnumerateObject(), number => Assert.Equal(counted.GetValueOrDefault(number.Name), number.Value.GetInt32()));
            Assert.All(counted.Keys, category => Assert.True(stats.TryGetProperty(category, out _), category));
            Assert.Equal(verdict.MaliciousEngines, stats.GetProperty("malicious").GetInt32());
            Assert.Equal(verdict.SuspiciousEngines, stats.GetProperty("suspicious").GetInt32());
        }
    }

    [Theory]
    [InlineData("files", 22, 52)]
    [InlineData("domains", 22, 31)]
    [InlineData("ip_addresses", 21, 29)]
    [InlineData("urls", 21, 29)]
    public async Task Bodies_are_as_large_as_real_ones_and_compress_as_well(string collection, int fromKilobytes, int toKilobytes)
    {
        foreach ((string indicator, string path) in Indicators(collection).Take(25))
        {
            Server.Answers.Set(indicator, EmulatedVerdict.Malicious(12));
            using HttpResponseMessage plain = await Client.SendAsync(path);
            using HttpResponseMessage gzip = await Client.SendAsync(path, userAgent: "test gzip", acceptGzip: true);
            Assert.InRange(plain.Content.Headers.ContentLength!.Value, fromKilobytes * 1000, toKilobytes * 1024);
            Assert.InRange(gzip.Content.Headers.ContentLength!.Value, 1800, 9000);
        }
    }

    [Theory]
    [MemberData(nameof(AllCollections))]
    public async Task A_body_is_the_same_with_and_without_compression(string collection)
    {
        foreach ((string indicator, string path) in Indicators(collection).Take(12))
        {
            Server.Answers.Set(indicator, EmulatedVerdict.Undetected);
            using HttpResponseMessage gzip = await Client.SendAsync(path, userAgent: "test gzip", acceptGzip: true);
            Assert.Equal("gzip", Assert.Single(gzip.Content.Headers.ContentEncoding));
            Assert.Equal((await Client.JsonAsync(path)).GetRawText(), (await EmulatorClient.ReadJsonAsync(gzip)).GetRawText());
        }
    }

    [Theory]
    [InlineData("curl/8", true)]
    [InlineData("client (gzip)", false)]
    [InlineData("curl/8", false)]
    public async Task Without_gzip_in_both_headers_a_body_is_not_compressed(string userAgent, bool acceptGzip)
    {
        using HttpResponseMessage response = await Client.SendAsync("domains/example.com", userAgent: userAgent, acceptGzip: acceptGzip);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("files", "md5 sha1 sha256 size names tags reputation total_votes type_description times_submitted")]
    [InlineData("files", "first_submission_date last_submission_date last_analysis_date")]
    [InlineData("domains", "registrar creation_date whois last_dns_records last_https_certificate categories reputation total_votes")]
    [InlineData("ip_addresses", "network asn as_owner whois reputation total_votes")]
    [InlineData("urls", "url last_final_url last_analysis_date reputation times_submitted total_votes tags categories")]
    public async Task What_is_always_there_in_real_reports_is_always_there(string collection, string names)
    {
        foreach ((string indicator, string path) in Indicators(collection).Take(30))
        {
            Server.Answers.Set(indicator, EmulatedVerdict.Suspicious());
            JsonElement attributes = await Client.AttributesAsync(path);
            Assert.All(names.Split(' '), name => Assert.True(attributes.TryGetProperty(name, out _), name));
        }
    }

    [Theory]
    [InlineData("files", "meaningful_name popular_threat_classification sandbox_verdicts signature_info type_extension gti_assessment")]
    [InlineData("files", "sigma_analysis_stats sigma_analysis_summary sigma_analysis_results crowdsourced_yara_results")]
    [InlineData("files", "crowdsourced_ids_stats crowdsourced_ids_results known_distributors creation_date first_seen_itw_date")]
    [InlineData("domains", "jarm tags last_analysis_date gti_assessment")]
    [InlineData("ip_addresses", "country tags last_https_certificate gti_assessment")]
    [InlineData("urls", "title threat_names last_http_response_code gti_assessment")]
    public async Task What_is_now_and_then_there_in_real_reports_is_now_and_then_there(string collection, string names)
    {
        List<JsonElement> reports = [];
        foreach ((string indicator, string path) in Indicators(collection).Take(80))
        {
            Server.Answers.Set(indicator, reports.Count % 2 == 0 ? EmulatedVerdict.Malicious(20) : EmulatedVerdict.Undetected);
            reports.Add(await Client.AttributesAsync(path));
        }

        Assert.All(
            names.Split(' '),
            name => Assert.InRange(reports.Count(report => report.TryGetProperty(name, out _)), 1, reports.Count - 1));
    }

    [Fact]
    public async Task Odd_values_turn_up_as_they_do_in_the_wild()
    {
        StringBuilder all = new();
        foreach ((string indicator, string path) in Indicators("files").Take(150))
        {
            Server.Answers.Set(indicator, EmulatedVerdict.Malicious(6));
            all.Append((await Client.JsonAsync(path)).GetRawText());
        }

        string text = all.ToString();
        Assert.Contains("\"\": \"", text, StringComparison.Ordinal);
        Assert.Contains("\"MF\": \"", text, StringComparison.Ordinal);
        Assert.Contains("\"mf\": \"", text, StringComparison.Ordinal);
        Assert.Contains("\"trojan.\"", text, StringComparison.Ordinal);
        Assert.Contains("\"result\": null", text, StringComparison.Ordinal);
        Assert.Contains("счёт", text, StringComparison.Ordinal);
        Assert.Contains("\\u0441\\u0447", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\\u202e", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\\u001b", text, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string Indicator, string Path)> Indicators(string collection)
    {
        for (int number = 0; ; number++)
        {
            string indicator = collection switch
            {
                "files" => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([(byte)number, (byte)(number >> 8)])),
                "domains" => $"host-{number}.example.net",
                "ip_addresses" => number % 2 == 0 ? $"203.0.113.{number}" : $"2001:db8::{number:x}",
                _ => $"https://example.net/page/{number}",
            };
            yield return (indicator, $"{collection}/{(collection == "urls" ? EmulatorClient.UrlId(indicator) : indicator)}");
        }
    }
}
