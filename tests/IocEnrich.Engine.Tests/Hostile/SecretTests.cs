using System.Net;
using System.Text;
using System.Text.Json;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Orchestration;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Redaction;
using IocEnrich.Engine.Tests.Orchestration;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>No key and no password stands in a text, whoever wrote it there.</summary>
[Collection(Alone.Name)]
public sealed class SecretTests
{
    private const string Password = "pr0xy-p@ssword";

    [Theory]
    [InlineData(400, "BadRequestError")]
    [InlineData(401, "WrongCredentialsError")]
    [InlineData(403, "ForbiddenError")]
    [InlineData(403, "NobodyKnows")]
    [InlineData(404, "NotFoundError")]
    [InlineData(429, "QuotaExceededError")]
    [InlineData(503, "TransientError")]
    [InlineData(511, "x")]
    public async Task A_key_that_the_service_sends_back_stands_in_no_text(int status, string code)
    {
        foreach (string key in new[] { HostileTesting.Key, HostileTesting.Key.ToUpperInvariant(), new string('x', 480) + HostileTesting.Key })
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { error = new { code, message = $"The key \"{key}\" at http://me:{key}@example.com/ may not \u001b[2J" } });
            byte[] inCode = JsonSerializer.SerializeToUtf8Bytes(new { error = new { code = key, message = "x" } });

            AssertNoSecret(await HostileTesting.LookUpAsync(_ => RawAnswer.Of(status, "", body)));
            AssertNoSecret(await HostileTesting.LookUpAsync(_ => RawAnswer.Of(status, "", inCode)));
        }
    }

    [Fact]
    public async Task A_key_in_a_report_stands_in_no_column()
    {
        string attributes = $"\"registrar\":\"{HostileTesting.Key}\",\"tags\":[\"a {HostileTesting.Key.ToUpperInvariant()}\"],\"categories\":{{\"x\":\"{HostileTesting.Key}\"}},";

        LookupOutcome outcome = await HostileTesting.LookUpAsync(request => RawAnswer.Of(200, "", Encoding.UTF8.GetBytes(RawReports.On(request.Path, attributes))));

        Assert.Equal("(secret)", outcome.Answer?.Registrar);
        AssertNoSecret(outcome);
    }

    [Fact]
    public async Task A_proxy_named_with_its_password_in_the_environment_shows_it_to_nobody()
    {
        // A proxy that takes the connection and refuses the tunnel, as one does whose own way is down.
        await using RawServer proxy = new(static _ => RawAnswer.Of(502, "", "<html></html>"u8));
        Uri address = new UriBuilder(proxy.Endpoint) { UserName = "me", Password = Uri.EscapeDataString(Password), Path = "/" }.Uri;
        using SocketsHttpHandler handler = new() { Proxy = new WebProxy(address) { Credentials = new NetworkCredential("me", Password) } };
        using HttpMessageInvoker http = new(handler);

        LookupOutcome outcome = await HostileTesting.Provider(http, new Uri("https://name.invalid/api/v3")).LookUpAsync(Indicator.Parse("example.com"), CancellationToken.None);

        Assert.Equal(EnrichmentErrorKind.Network, outcome.Failure?.Error.Kind);
        Assert.Contains("502", outcome.Failure!.Error.Message, StringComparison.Ordinal);
        AssertNoSecret(outcome);
    }

    [Fact]
    public void What_the_environment_says_of_a_proxy_is_taken_out_in_every_spelling()
    {
        string? before = Environment.GetEnvironmentVariable("HTTPS_PROXY");
        Environment.SetEnvironmentVariable("HTTPS_PROXY", $"http://me:{Uri.EscapeDataString(Password)}@proxy.example.com:8080");
        try
        {
            string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{Password}"));

            string text = ForeignText.Clean($"a {Password} b {Uri.EscapeDataString(Password)} c Basic {basic} d http://me:{Password}@proxy.example.com/");

            Assert.Equal("a (secret) b (secret) c Basic (secret) d http://proxy.example.com/", text);
        }
        finally
        {
            Environment.SetEnvironmentVariable("HTTPS_PROXY", before);
        }
    }

    [Fact]
    public void A_proxys_password_that_was_given_is_taken_out_while_it_is_held()
    {
        ProxySettings proxy = new(new Uri("http://proxy.example.com:8080"), new NetworkCredential("me", Password));

        Assert.Equal("a (secret) b", ForeignText.Clean($"a {Password} b"));
        GC.KeepAlive(proxy);
    }

    [Theory]
    [InlineData("http://user:pw@host/path", "http://host/path")]
    [InlineData("see https://u@h and http://a:b@c:80/d@e", "see https://h and http://c:80/d@e")]
    [InlineData("http://user:p@ss@host/", "http://host/")]
    [InlineData("mail me@example.com at http://example.com/", "mail me@example.com at http://example.com/")]
    [InlineData("a\u001b[2Jb\u202Ec", @"a\u{001B}[2Jb\u{202E}c")]
    public void Who_is_named_in_a_url_and_what_acts_on_a_terminal_is_taken_out(string text, string expected) => Assert.Equal(expected, ForeignText.Clean(text));

    [Fact]
    public async Task A_fault_of_a_provider_is_told_without_the_key()
    {
        Assert.True(ApiKey.TryCreate(HostileTesting.Key, out ApiKey? key, out _));
        ScriptedProvider provider = new((_, _, _) => throw new InvalidOperationException($"It broke at http://me:pw@h/ with {HostileTesting.Key}"));
        EnrichmentJob job = new EnrichmentOrchestrator().Start(provider);
        job.AddAll(["example.com"]);

        EnrichmentResult result = Assert.Single(await job.FinishAsync());

        Assert.Equal(EnrichmentErrorKind.Internal, result.Error?.Kind);
        Assert.Contains("It broke at http://h/ with (secret).", result.Reason, StringComparison.Ordinal);
        GC.KeepAlive(key);
    }

    private static void AssertNoSecret(LookupOutcome outcome)
    {
        string all = $"{JsonSerializer.Serialize(outcome.Answer)} {outcome.Failure}";
        Assert.DoesNotContain(HostileTesting.Key, all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("canary", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Password, all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Uri.EscapeDataString(Password), all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', all);
    }
}
