using System.Text.Json;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class LookupTests : EmulatorTestBase
{
    private const string EicarMd5 = "44d88612fea8a8f36de82e1278abb02f";
    private const string EicarSha1 = "3395856ce81f2b7382dee72602f798b642f14140";
    private const string EicarSha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";

    [Theory]
    [InlineData(EicarMd5)]
    [InlineData(EicarSha1)]
    [InlineData(EicarSha256)]
    [InlineData("44D88612FEA8A8F36DE82E1278ABB02F")]
    public async Task The_EICAR_file_is_malicious_by_any_of_its_hashes(string hash)
    {
        JsonElement data = (await Client.JsonAsync($"files/{hash}")).GetProperty("data");

        Assert.Equal("file", data.GetProperty("type").GetString());
        Assert.Equal(EicarSha256, data.GetProperty("id").GetString());
        Assert.Equal($"https://www.virustotal.com/api/v3/files/{EicarSha256}", data.GetProperty("links").GetProperty("self").GetString());
        JsonElement attributes = data.GetProperty("attributes");
        Assert.Equal(EicarMd5, attributes.GetProperty("md5").GetString());
        Assert.Equal(EicarSha1, attributes.GetProperty("sha1").GetString());
        Assert.Equal("eicar.com", attributes.GetProperty("meaningful_name").GetString());
        Assert.Equal(68, attributes.GetProperty("size").GetInt64());
        JsonElement threat = attributes.GetProperty("popular_threat_classification");
        Assert.Equal("virus.eicar/test", threat.GetProperty("suggested_threat_label").GetString());
        Assert.True(attributes.GetProperty("last_analysis_stats").GetProperty("malicious").GetInt32() > 50);
    }

    [Fact]
    public async Task All_hashes_of_the_EICAR_file_get_the_same_report()
    {
        string report = (await Client.JsonAsync($"files/{EicarSha256}")).GetRawText();
        Assert.Equal(report, (await Client.JsonAsync($"files/{EicarMd5}")).GetRawText());
        Assert.Equal(report, (await Client.JsonAsync($"files/{EicarSha1}")).GetRawText());
    }

    [Fact]
    public async Task The_hashes_of_the_empty_file_are_one_object_that_nobody_finds_anything_in()
    {
        JsonElement report = await Client.JsonAsync("files/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        JsonElement attributes = report.GetProperty("data").GetProperty("attributes");

        Assert.Equal(0, attributes.GetProperty("size").GetInt64());
        Assert.Equal(0, attributes.GetProperty("last_analysis_stats").GetProperty("malicious").GetInt32());
        Assert.Equal(report.GetRawText(), (await Client.JsonAsync("files/d41d8cd98f00b204e9800998ecf8427e")).GetRawText());
        Assert.Equal(report.GetRawText(), (await Client.JsonAsync("files/da39a3ee5e6b4b0d3255bfef95601890afd80709")).GetRawText());
    }

    [Theory]
    [InlineData("domains/example.com", "domain", "example.com")]
    [InlineData("domains/WWW.Wikipedia.ORG.", "domain", "www.wikipedia.org")]
    [InlineData("domains/iana.org", "domain", "iana.org")]
    [InlineData("ip_addresses/8.8.8.8", "ip_address", "8.8.8.8")]
    [InlineData("ip_addresses/1.1.1.1", "ip_address", "1.1.1.1")]
    [InlineData("ip_addresses/2001:4860:4860::8888", "ip_address", "2001:4860:4860::8888")]
    [InlineData("ip_addresses/2001%3A4860%3A4860%3A0%3A0%3A0%3A0%3A8888", "ip_address", "2001:4860:4860::8888")]
    public async Task Well_known_names_and_addresses_are_harmless(string path, string type, string id)
    {
        JsonElement data = (await Client.JsonAsync(path)).GetProperty("data");

        Assert.Equal(type, data.GetProperty("type").GetString());
        Assert.Equal(id, data.GetProperty("id").GetString());
        JsonElement stats = data.GetProperty("attributes").GetProperty("last_analysis_stats");
        Assert.Equal(0, stats.GetProperty("malicious").GetInt32());
        Assert.True(stats.GetProperty("harmless").GetInt32() > 40);
    }

    [Theory]
    [InlineData("https://example.com/a?b=c&d=é")]
    [InlineData("http://198.51.100.7:8080/x.exe")]
    public async Task A_URL_is_known_by_its_text_and_by_the_hash_of_its_text(string url)
    {
        Server.Answers.Set(url, EmulatedVerdict.Malicious(9));

        JsonElement byText = (await Client.JsonAsync($"urls/{EmulatorClient.UrlId(url)}")).GetProperty("data");
        string id = byText.GetProperty("id").GetString()!;
        JsonElement byHash = (await Client.JsonAsync($"urls/{id}")).GetProperty("data");

        byte[] hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(url));
        Assert.Equal(Convert.ToHexStringLower(hash), id);
        Assert.Equal(url, byText.GetProperty("attributes").GetProperty("url").GetString());
        Assert.Equal(byText.GetRawText(), byHash.GetRawText());
        Assert.Equal(2, Server.Requests.Count(url));
    }

    [Fact]
    public async Task The_SHA_256_in_the_report_of_an_MD5_leads_to_the_same_report()
    {
        string md5 = new('7', 32);
        Server.Answers.Set(md5, EmulatedVerdict.Malicious(33));

        JsonElement first = (await Client.JsonAsync($"files/{md5}")).GetProperty("data");
        string id = first.GetProperty("id").GetString()!;
        JsonElement second = (await Client.JsonAsync($"files/{id}")).GetProperty("data");

        Assert.Equal(64, id.Length);
        Assert.Equal(md5, first.GetProperty("attributes").GetProperty("md5").GetString());
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(1, Server.Requests.Count(id));
    }

    [Theory]
    [InlineData("files/00000000000000000000000000000000000000000000000000000000deadbeef")]
    [InlineData("domains/some-name.example.net")]
    [InlineData("ip_addresses/203.0.113.77")]
    [InlineData("urls/aHR0cHM6Ly9zb21lLmV4YW1wbGUv")]
    public async Task Two_servers_give_an_indicator_the_same_bytes(string path)
    {
        await using EmulatorServer other = await EmulatorServer.StartAsync();
        using EmulatorClient otherClient = new(other);

        using HttpResponseMessage first = await Client.SendAsync(path);
        using HttpResponseMessage second = await otherClient.SendAsync(path);

        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("host-1.example.net", "Undetected 0/0")]
    [InlineData("host-2.example.net", "Harmless 0/0")]
    [InlineData("host-3.example.net", "NotFound 0/0")]
    [InlineData("203.0.113.9", "Malicious 17/0")]
    [InlineData("https://example.net/page/5", "Harmless 0/0")]
    public void A_verdict_does_not_hang_on_the_run_or_the_machine(string indicator, string expected) =>
        Assert.Equal(expected, Describe(Server.Answers.VerdictOf(indicator)));

    [Fact]
    public void Indicators_are_spread_over_all_verdicts()
    {
        Dictionary<EmulatedVerdictKind, int> kinds = Enumerable.Range(0, 4000)
            .Select(number => Server.Answers.VerdictOf($"host-{number}.example.net").Kind)
            .CountBy(kind => kind)
            .ToDictionary();

        Assert.InRange(kinds[EmulatedVerdictKind.NotFound], 480, 720);
        Assert.InRange(kinds[EmulatedVerdictKind.Malicious], 1000, 1900);
        Assert.InRange(kinds[EmulatedVerdictKind.Suspicious], 100, 400);
        Assert.InRange(kinds[EmulatedVerdictKind.Harmless], 600, 1400);
        Assert.InRange(kinds[EmulatedVerdictKind.Undetected], 100, 500);
        Assert.InRange(kinds[EmulatedVerdictKind.NoAnalysis], 400, 800);
    }

    private static string Describe(EmulatedVerdict verdict) => $"{verdict.Kind} {verdict.MaliciousEngines}/{verdict.SuspiciousEngines}";
}
