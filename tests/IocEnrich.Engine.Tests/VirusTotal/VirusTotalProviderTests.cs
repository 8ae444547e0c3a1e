using System.Security.Cryptography;
using System.Text;
using IocEnrich.Engine.Http;
using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Providers.VirusTotal;
using IocEnrich.Engine.Tests.Orchestration;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.VirusTotal;

/// <summary>The provider over real sockets, against the emulator.</summary>
public sealed class VirusTotalProviderTests : IAsyncLifetime
{
    private const string Key = "canary-0123456789abcdef0123456789abcdef";

    private readonly HttpMessageInvoker _http = HttpPools.Create();
    private EmulatorServer _server = null!;

    public async Task InitializeAsync() => _server = await EmulatorServer.StartAsync(new EmulatorOptions { ApiKeys = [Key] });

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("44d88612fea8a8f36de82e1278abb02f", "https://www.virustotal.com/gui/file/275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f")]
    [InlineData("8.8.8.8", "https://www.virustotal.com/gui/ip-address/8.8.8.8")]
    [InlineData("2001:4860:4860::8888", "https://www.virustotal.com/gui/ip-address/2001:4860:4860::8888")]
    [InlineData("example.com", "https://www.virustotal.com/gui/domain/example.com")]
    public async Task Every_type_is_asked_at_its_endpoint_and_linked_to_its_page(string text, string link)
    {
        EnrichmentResult result = await FoundAsync(text);

        Assert.Equal(EnrichmentStatus.Found, result.Status);
        Assert.NotEqual(Verdict.Unknown, result.Verdict);
        Assert.Equal(link, result.Link);
        Assert.Equal("VirusTotal", result.Provider);
        Assert.NotNull(result.RetrievedAt);
        Assert.Equal(1, _server.Requests.Count(text));
    }

    [Fact]
    public async Task A_url_is_asked_by_its_id_and_linked_by_the_one_in_the_answer()
    {
        const string Url = "https://www.example.org/?a=%C3%BC&b=ÿ~";
        Indicator indicator = Indicator.Parse(Url);
        _server.Answers.Set(indicator.Value, EmulatedVerdict.Malicious(12));

        EnrichmentResult result = await FoundAsync(Url);

        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(indicator.Value)));
        Assert.Equal((12, Verdict.Malicious), (result.Malicious, result.Verdict));
        Assert.Equal("https://www.virustotal.com/gui/url/" + id, result.Link);
    }

    [Fact]
    public async Task The_request_names_the_client_carries_the_key_and_asks_for_gzip_as_the_service_wants_it()
    {
        await FoundAsync("example.com");

        SeenHeaders headers = _server.Requests.LastHeaders("example.com")!;
        Assert.Equal(Key, headers.ApiKey);
        Assert.Equal("IocEnrich", headers.Tool);
        Assert.Matches(@"^IocEnrich/\d+\.\d+\.\d+ \(gzip\)$", headers.UserAgent);
        Assert.Equal("gzip", headers.AcceptEncoding);
    }

    [Fact]
    public async Task Opinions_become_a_verdict()
    {
        _server.Answers.Set("a.example.com", EmulatedVerdict.Detected(2, 0));
        _server.Answers.Set("b.example.com", EmulatedVerdict.Detected(3, 0));
        _server.Answers.Set("c.example.com", EmulatedVerdict.Suspicious());
        _server.Answers.Set("d.example.com", EmulatedVerdict.Harmless);
        _server.Answers.Set("e.example.com", EmulatedVerdict.NoAnalysis);

        Assert.Equal(Verdict.Suspicious, (await FoundAsync("a.example.com")).Verdict);
        Assert.Equal(Verdict.Malicious, (await FoundAsync("b.example.com")).Verdict);
        Assert.Equal(Verdict.Suspicious, (await FoundAsync("c.example.com")).Verdict);
        Assert.Equal(Verdict.Harmless, (await FoundAsync("d.example.com")).Verdict);
        EnrichmentResult unheard = await FoundAsync("e.example.com");
        Assert.Equal((Verdict.Unknown, "", null), (unheard.Verdict, unheard.Detections, unheard.Malicious));
    }

    [Fact]
    public async Task An_indicator_nobody_has_seen_is_an_answer()
    {
        _server.Answers.Set("unseen.example.com", EmulatedVerdict.NotFound);

        LookupOutcome outcome = await LookUpAsync("unseen.example.com");

        Assert.Equal(EnrichmentStatus.NotFound, outcome.Answer?.Status);
        Assert.Null(outcome.Answer?.Link);
    }

    [Theory]
    [InlineData("400", EnrichmentErrorKind.Rejected, FailureScope.Indicator)]
    [InlineData("409", EnrichmentErrorKind.Rejected, FailureScope.Indicator)]
    [InlineData("424", EnrichmentErrorKind.Rejected, FailureScope.Indicator)]
    [InlineData("401", EnrichmentErrorKind.KeyRefused, FailureScope.Job)]
    [InlineData("403", EnrichmentErrorKind.KeyRefused, FailureScope.Job)]
    [InlineData("html:401", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("html:403", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("html:405", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("html:407", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("html:421", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("html:451", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("html:511", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("empty:403", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("403:AccessDenied", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("400:invalid_request", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("429", EnrichmentErrorKind.QuotaExceeded, FailureScope.Throttled)]
    [InlineData("503", EnrichmentErrorKind.ServiceFault, FailureScope.Passing)]
    [InlineData("504", EnrichmentErrorKind.ServiceFault, FailureScope.Passing)]
    [InlineData("html:503", EnrichmentErrorKind.ServiceFault, FailureScope.Passing)]
    [InlineData("empty:500", EnrichmentErrorKind.ServiceFault, FailureScope.Passing)]
    [InlineData("html", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("html:404", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("empty", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("wrong-json", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("wrong-encoding", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("huge:64MB", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("redirect:http://127.0.0.1:9/", EnrichmentErrorKind.UnreadableAnswer, FailureScope.Passing)]
    [InlineData("truncate", EnrichmentErrorKind.Network, FailureScope.Passing)]
    [InlineData("truncate:chunked", EnrichmentErrorKind.Network, FailureScope.Passing)]
    [InlineData("reset", EnrichmentErrorKind.Network, FailureScope.Passing)]
    [InlineData("reset:headers", EnrichmentErrorKind.Network, FailureScope.Passing)]
    [InlineData("reset:after-headers", EnrichmentErrorKind.Network, FailureScope.Passing)]
    [InlineData("reset:body", EnrichmentErrorKind.Network, FailureScope.Passing)]
    [InlineData("stall", EnrichmentErrorKind.Timeout, FailureScope.Passing)]
    [InlineData("drip:20ms", EnrichmentErrorKind.Timeout, FailureScope.Passing)]
    public async Task Each_fault_is_told_apart_and_costs_one_request(string fault, EnrichmentErrorKind kind, FailureScope reach)
    {
        _server.Faults.Add(fault);

        TimeSpan? timeout = kind == EnrichmentErrorKind.Timeout ? TimeSpan.FromMilliseconds(300) : null;
        LookupOutcome outcome = await LookUpAsync("example.com", timeout);

        Assert.Equal((kind, reach), (outcome.Failure?.Error.Kind, outcome.Failure?.Scope));
        Assert.Equal(1, _server.Requests.Total);
        string message = outcome.Failure!.Error.Message;
        Assert.Matches(@"^[A-Z0-9].*[.?]$", message);
        Assert.DoesNotContain("canary", message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("429@retry-after=7", 7)]
    [InlineData("429@retry-after=date+7", 7)]
    [InlineData("429", null)]
    public async Task Retry_after_is_taken_in_both_its_forms(string fault, int? seconds)
    {
        _server.Faults.Add(fault);

        LookupOutcome outcome = await LookUpAsync("example.com");

        Assert.Equal(seconds is null, outcome.Failure?.RetryAfter is null);
        Assert.InRange(outcome.Failure?.RetryAfter ?? TimeSpan.FromSeconds(seconds ?? 5), TimeSpan.FromSeconds((seconds ?? 5) - 2), TimeSpan.FromSeconds(seconds ?? 5));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_words_that_say_what_to_do()
    {
        LookupOutcome outcome = await LookUpAsync("example.com", key: "wrong-" + Key);

        Assert.Equal((EnrichmentErrorKind.KeyRefused, 401, "WrongCredentialsError"), (outcome.Failure?.Error.Kind, outcome.Failure?.Error.HttpStatus, outcome.Failure?.Error.ServiceCode));
        Assert.Contains("Check the key", outcome.Failure!.Error.Message);
        Assert.DoesNotContain("canary", outcome.Failure.Error.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/api/v3", EnrichmentErrorKind.Network)]
    [InlineData("https://name.invalid/api/v3", EnrichmentErrorKind.NameResolution)]
    public async Task An_endpoint_that_cannot_be_reached_is_told_by_its_reason(string endpoint, EnrichmentErrorKind kind)
    {
        LookupOutcome outcome = await LookUpAsync("example.com", endpoint: new Uri(endpoint));

        Assert.Equal((kind, FailureScope.Passing), (outcome.Failure?.Error.Kind, outcome.Failure?.Scope));
    }

    [Fact]
    public async Task A_service_without_tls_where_https_was_asked_for_is_a_tls_failure()
    {
        Uri https = new UriBuilder(_server.Endpoint) { Scheme = "https" }.Uri;

        LookupOutcome outcome = await LookUpAsync("example.com", endpoint: https);

        Assert.Equal(EnrichmentErrorKind.Tls, outcome.Failure?.Error.Kind);
    }

    [Fact]
    public async Task Cancelling_reaches_the_socket()
    {
        using IDisposable hold = _server.Hold();
        using CancellationTokenSource stop = new();
        Task<LookupOutcome> lookup = Provider(TimeSpan.FromMinutes(5)).LookUpAsync(Indicator.Parse("example.com"), stop.Token).AsTask();
        await _server.Requests.WaitForAsync(static log => log.InFlight == 1).WaitAsync(JobTesting.Limit);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup);
        await _server.Requests.WaitForAsync(static log => log.Aborted == 1).WaitAsync(JobTesting.Limit);
    }

    [Theory]
    [InlineData("http://www.virustotal.com/api/v3")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://example.com/?x=1")]
    [InlineData("relative")]
    public void An_endpoint_the_key_may_not_be_sent_to_is_refused(string endpoint)
    {
        Assert.False(VirusTotalDefinition.Instance.CheckEndpoint(new Uri(endpoint, UriKind.RelativeOrAbsolute), out string? reason));
        Assert.EndsWith(".", reason);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\r\nbreak: x")]
    [InlineData("schlüssel")]
    public void What_cannot_be_a_key_is_refused_without_being_shown(string text)
    {
        Assert.False(ApiKey.TryCreate(text, out _, out string? reason));
        Assert.DoesNotContain(text, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void An_empty_key_is_said_to_be_empty(string? text)
    {
        Assert.False(ApiKey.TryCreate(text, out _, out string? reason));
        Assert.Equal("The key is empty.", reason);
    }

    private async Task<EnrichmentResult> FoundAsync(string text) =>
        (await LookUpAsync(text)).Answer ?? throw new InvalidOperationException($"{text} has no answer.");

    private async Task<LookupOutcome> LookUpAsync(string text, TimeSpan? timeout = null, string key = Key, Uri? endpoint = null) =>
        await Provider(timeout ?? JobTesting.Limit, key, endpoint).LookUpAsync(Indicator.Parse(text), CancellationToken.None);

    private VirusTotalProvider Provider(TimeSpan timeout, string key = Key, Uri? endpoint = null)
    {
        Assert.True(ApiKey.TryCreate(key, out ApiKey? apiKey, out _));
        return new VirusTotalProvider(
            _http, new ProviderSettings { ApiKey = apiKey, Endpoint = endpoint ?? _server.Endpoint, RequestTimeout = timeout });
    }
}
