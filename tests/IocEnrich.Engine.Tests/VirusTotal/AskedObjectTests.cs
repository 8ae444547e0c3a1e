using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>An answer is compared with the question before anybody believes it.</summary>
public sealed class AskedObjectTests : IAsyncLifetime
{
    private const string Md5 = "44d88612fea8a8f36de82e1278abb02f";
    private const string Sha1 = "3395856ce81f2b7382dee72602f798b642f14140";
    private const string Sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";
    private const string Other = "00000000000000000000000000000000000000000000000000000000000000aa";

    private readonly HttpMessageInvoker _http = HttpPools.Create();
    private EmulatorServer _server = null!;

    public async Task InitializeAsync() => _server = await EmulatorServer.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    public static TheoryData<string, string> Matching => new()
    {
        { Sha256, Report("file", Sha256) },
        { Sha256, Report("file", Sha256.ToUpperInvariant()) },
        { Sha256, Report("file", null, new { sha256 = Sha256 }) },
        { Sha256, Report("file", Sha256, new { sha256 = Sha256.ToUpperInvariant(), md5 = Md5, sha1 = Sha1 }) },
        { Md5, Report("file", Sha256, new { sha256 = Sha256, md5 = Md5, sha1 = Sha1 }) },
        { Md5, Report("file", Sha256, new { md5 = Md5.ToUpperInvariant() }) },
        { Sha1, Report("file", Sha256, new { sha1 = Sha1 }) },
        { Sha1, Report("file", Sha1) },
        { "example.com", Report("domain", "example.com") },
        { "example.com", Report("domain", "Example.COM") },
        { "example.com", Report("domain", "example.com.") },
        { "xn--mnchen-3ya.de", Report("domain", "xn--mnchen-3ya.de") },
        { "xn--mnchen-3ya.de", Report("domain", "münchen.de") },
        { "xn--mnchen-3ya.de", Report("domain", "MÜNCHEN.de") },
        { "8.8.8.8", Report("ip_address", "8.8.8.8") },
        { "8.8.8.8", Report("ip_address", "::ffff:8.8.8.8") },
        { "2001:4860:4860::8888", Report("ip_address", "2001:4860:4860::8888") },
        { "2001:4860:4860::8888", Report("ip_address", "2001:4860:4860:0000:0:0:0:8888") },
        { "2a00:1450:4001:81b::200e", Report("ip_address", "2A00:1450:4001:81B::200E") },
        { "http://example.com/a", Report("url", Hash("http://example.com/a")) },
        { "http://example.com/a", Report("url", Hash("http://example.com/a").ToUpperInvariant(), new { url = "http://example.com/a" }) },
        { "http://example.com/a", Report("url", null, new { url = "http://example.com/a" }) },
        { "http://example.com/a%20b", Report("url", Hash("HTTP://EXAMPLE.com:80/a%20b#c"), new { url = "HTTP://EXAMPLE.com:80/a%20b#c" }) },
        { "http://example.com/%7ea/./b/../c", Report("url", Hash("http://example.com/~a/c"), new { url = "http://example.com/~a/c" }) },
        { "http://example.com/?q=%c3%a9", Report("url", Hash("http://example.com/?q=%C3%A9"), new { url = "http://example.com/?q=%C3%A9" }) },
        { "http://example.com/", Report("url", Hash("http://example.com"), new { url = "http://example.com" }) },
        { $"http://example.com/{new string('a', 3_000)}", Report("url", Hash($"http://example.com/{new string('a', 3_000)}"), new { url = $"http://example.com/{new string('a', 3_000)}" }) },
    };

    public static TheoryData<string, string> Foreign => new()
    {
        { Sha256, Report("file", Other) },
        { Sha256, Report("file", Sha256, new { sha256 = Other }) },
        { Sha256, Report("file", Other, new { sha256 = Sha256 }) },
        { Sha256, Report("url", Sha256) },
        { Sha256, Report("file", null) },
        { Sha256, Report("file", "x") },
        { Sha256, Report(null, Sha256) },
        { Sha256, Report("File", Sha256) },
        { Md5, Report("file", Sha256) },
        { Md5, Report("file", Sha256, new { md5 = "00000000000000000000000000000000" }) },
        { Md5, Report("file", Sha256, new { sha256 = Other, md5 = Md5 }) },
        { Sha1, Report("file", Sha256, new { md5 = Md5 }) },
        { "example.com", Report("domain", "example.org") },
        { "example.com", Report("domain", "www.example.com") },
        { "example.com", Report("domain", "*.example.com") },
        { "example.com", Report("domain", "example.com..") },
        { "example.com", Report("domain", "еxample.com") },
        { "example.com", Report("domain", null) },
        { "example.com", Report("ip_address", "example.com") },
        { "example.com", """{"data":{"id":7,"type":"domain","attributes":{}}}""" },
        { "example.com", """{"data":{"id":"example.com","id":"example.org","type":"domain","attributes":{}}}""" },
        { "example.com", """{"data":{"id":"example.org","type":"domain","attributes":{}},"data":{"id":"example.com","type":"domain","attributes":{}}}""" },
        { "example.com", """{"data":{"id":"example.com","type":"domain","attributes":{"reputation":1},"attributes":{}}}""" },
        { "example.com", """{"data":{"id":"example.org","type":"domain","attributes":{"id":"example.com"}}}""" },
        { "8.8.8.8", Report("ip_address", "8.8.8.80") },
        { "8.8.8.8", Report("ip_address", "8.8.8.010") },
        { "8.8.8.8", Report("ip_address", "134744072") },
        { "2001:4860:4860::8888", Report("ip_address", "2001:4860:4860::8844") },
        { "2001:4860:4860::8888", Report("ip_address", "2001:4860:4860::8888%1") },
        { "http://example.com/a", Report("url", Hash("http://example.com/b")) },
        { "http://example.com/a", Report("url", Hash("http://example.com/b"), new { url = "http://example.com/b" }) },
        { "http://example.com/a", Report("url", Hash("http://example.com/b"), new { url = "http://example.com/a" }) },
        { "http://example.com/a", Report("url", Hash("http://example.com/a"), new { url = "http://example.com/b" }) },
        { "http://example.com/a", Report("url", null, new { url = "http://example.com/A" }) },
        { "http://example.com/a", Report("url", null, new { url = "https://example.com/a" }) },
        { "http://example.com/a", Report("url", null, new { url = "http://example.com/a/" }) },
        { "http://example.com/a", Report("url", null, new { url = "http://example.com/a?b" }) },
        { "http://example.com/a%2fb", Report("url", null, new { url = "http://example.com/a/b" }) },
        { "http://example.com/a", Report("url", null) },
        { $"http://example.com/{new string('a', 3_000)}", Report("url", null, new { url = $"http://example.com/{new string('a', 3_001)}" }) },
    };

    [Theory]
    [MemberData(nameof(Matching))]
    public async Task A_report_that_names_what_was_asked_for_in_whatever_spelling_is_the_answer(string asked, string body)
    {
        _server.Answers.SetBody(asked, 200, body);

        LookupOutcome outcome = await LookUpAsync(asked);

        Assert.Equal((EnrichmentStatus.Found, asked), (outcome.Answer?.Status, outcome.Answer?.Indicator));
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_report_on_another_object_or_on_none_is_no_answer(string asked, string body)
    {
        _server.Answers.SetBody(asked, 200, body);

        LookupOutcome outcome = await LookUpAsync(asked);

        Assert.Null(outcome.Answer);
        Assert.Equal((EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing), (outcome.Failure?.Error.Kind, outcome.Failure?.Scope));
    }

    [Fact]
    public async Task The_reason_says_what_was_asked_for_and_what_came()
    {
        _server.Answers.SetBody("example.com", 200, Report("domain", "other.example.org"));

        string message = (await LookUpAsync("example.com")).Failure!.Error.Message;

        Assert.StartsWith("For example.com, 127.0.0.1", message, StringComparison.Ordinal);
        Assert.Contains(" sent a response about other.example.org. It was not used and not cached.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com", "Domain \"example.com\" not found", true)]
    [InlineData("example.com", "Domain \"EXAMPLE.com.\" not found", true)]
    [InlineData("example.com", "Resource not found.", true)]
    [InlineData("example.com", "Domain \"example.org\" not found", false)]
    [InlineData(Md5, "File \"" + Md5 + "\" not found", true)]
    [InlineData(Md5, "File \"" + Sha256 + "\" not found", false)]
    [InlineData("http://example.com/a", "URL \"aHR0cDovL2V4YW1wbGUuY29tL2E\" not found", true)]
    [InlineData("http://example.com/b", "URL \"aHR0cDovL2V4YW1wbGUuY29tL2E\" not found", false)]
    public async Task Never_seen_is_believed_only_of_what_was_asked_for(string asked, string said, bool isBelieved)
    {
        _server.Answers.SetBody(asked, 404, JsonSerializer.Serialize(new { error = new { code = "NotFoundError", message = said } }));

        LookupOutcome outcome = await LookUpAsync(asked);

        Assert.Equal(isBelieved ? EnrichmentStatus.NotFound : null, outcome.Answer?.Status);
        Assert.Equal(isBelieved ? null : EnrichmentErrorKind.UnreadableAnswer, outcome.Failure?.Error.Kind);
    }

    private static string Hash(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));

    private static string Report(string? type, string? id, object? attributes = null)
    {
        Dictionary<string, object> data = new() { ["attributes"] = attributes ?? new { reputation = 1 } };
        if (type is not null)
        {
            data["type"] = type;
        }

        if (id is not null)
        {
            data["id"] = id;
        }

        return JsonSerializer.Serialize(new { data });
    }

    private async Task<LookupOutcome> LookUpAsync(string text)
    {
        Assert.True(ApiKey.TryCreate("a-key-for-the-comparison", out ApiKey? key, out _));
        VirusTotalProvider provider = new(
            _http, new ProviderSettings { ApiKey = key, Endpoint = _server.Endpoint, RequestTimeout = JobTesting.Limit });
        return await provider.LookUpAsync(Indicator.Parse(text), CancellationToken.None);
    }
}
