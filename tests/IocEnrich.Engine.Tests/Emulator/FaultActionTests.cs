using System.Net;
using System.Text.Json;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class FaultActionTests : EmulatorTestBase
{
    private const string Path = "domains/example.com";
    private readonly WatchedTime _time;

    public FaultActionTests()
        : this(new WatchedTime())
    {
    }

    private FaultActionTests(WatchedTime time)
        : base(new EmulatorOptions { TimeProvider = time }) => _time = time;

    [Fact]
    public async Task A_reset_before_the_headers_sends_nothing()
    {
        Server.Faults.Add("reset");
        RawExchange exchange = await RawExchange.SendAsync(Server, Path);
        Assert.True(exchange.WasReset);
        Assert.Empty(exchange.Bytes);
    }

    [Fact]
    public async Task A_reset_in_the_headers_sends_half_of_them()
    {
        Server.Faults.Add("reset:headers");
        RawExchange exchange = await RawExchange.SendAsync(Server, Path);
        Assert.True(exchange.WasReset);
        Assert.StartsWith("HTTP/1.1 200 ", exchange.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n\r\n", exchange.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_after_the_headers_sends_no_body()
    {
        Server.Faults.Add("reset:after-headers");
        RawExchange exchange = await RawExchange.SendAsync(Server, Path);
        Assert.True(exchange.WasReset);
        Assert.EndsWith("\r\n\r\n", exchange.Text, StringComparison.Ordinal);
        Assert.True(exchange.AnnouncedLength > 20_000);
    }

    [Fact]
    public async Task A_reset_in_the_body_sends_half_of_it()
    {
        Server.Faults.Add("reset:body");
        RawExchange exchange = await RawExchange.SendAsync(Server, Path);
        Assert.True(exchange.WasReset);
        Assert.InRange(exchange.Body.Length, 1, (exchange.AnnouncedLength / 2) + 1);
    }

    [Fact]
    public async Task A_truncated_body_ends_in_order_before_its_announced_length()
    {
        Server.Faults.Add("truncate");
        RawExchange exchange = await RawExchange.SendAsync(Server, Path);
        Assert.False(exchange.WasReset);
        Assert.Equal(exchange.AnnouncedLength / 2, exchange.Body.Length);
    }

    [Fact]
    public async Task A_truncated_chunked_body_lacks_its_last_chunk()
    {
        Server.Faults.Add("truncate:chunked");
        RawExchange exchange = await RawExchange.SendAsync(Server, Path);
        Assert.False(exchange.WasReset);
        Assert.Contains("Transfer-Encoding: chunked", exchange.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n0\r\n", exchange.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", exchange.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("reset:headers")]
    [InlineData("reset:after-headers")]
    [InlineData("reset:body")]
    [InlineData("truncate")]
    [InlineData("truncate:chunked")]
    [InlineData("wrong-encoding")]
    public async Task An_HTTP_client_sees_a_failure_and_then_the_server_goes_on(string fault)
    {
        Server.Faults.Add($"{fault}@first");
        using HttpClient http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip, UseProxy = false });
        http.DefaultRequestHeaders.Add("x-apikey", "k");
        Uri uri = new($"{Server.Endpoint}/{Path}");

        Exception exception = await Assert.ThrowsAnyAsync<Exception>(() => http.GetByteArrayAsync(uri));
        Assert.True(exception is HttpRequestException or InvalidDataException or IOException, exception.ToString());
        Assert.NotEmpty(await http.GetByteArrayAsync(uri));
        await Server.Requests.WaitForAsync(log => log.InFlight == 0);
        Assert.Equal(0, Server.Requests.Aborted);
    }

    [Fact]
    public async Task A_stall_lasts_until_the_client_goes()
    {
        using CancellationTokenSource givingUp = new();
        Server.Faults.Add("stall");
        Task<HttpResponseMessage> request = Client.SendAsync(Path, cancellationToken: givingUp.Token);
        await Server.Requests.WaitForAsync(log => log.InFlight == 1);

        await givingUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Server.Requests.WaitForAsync(log => log.Aborted == 1);
    }

    [Fact]
    public async Task A_stall_of_some_time_ends_in_the_answer()
    {
        Server.Faults.Add("stall:5s");
        Task<HttpStatusCode> request = Client.StatusAsync(Path);
        Assert.Equal(TimeSpan.FromSeconds(5), await _time.NextWaitAsync());

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.OK, await request);
    }

    [Fact]
    public async Task A_dripping_body_comes_one_byte_after_each_interval()
    {
        Server.Answers.SetBody("example.com", 200, "drip");
        Server.Faults.Add("drip:200ms");
        using HttpResponseMessage response = await Client.SendAsync(Path, completion: HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[16];
        foreach (byte expected in "drip"u8.ToArray())
        {
            Assert.Equal(1, await body.ReadAsync(buffer));
            Assert.Equal(expected, buffer[0]);
            Assert.Equal(TimeSpan.FromMilliseconds(200), await _time.NextWaitAsync());
            _time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(0, await body.ReadAsync(buffer));
    }

    [Theory]
    [InlineData("wrong-json", 200, "application/json; charset=utf-8", "{\"unexpected\":true}")]
    [InlineData("html", 200, "text/html; charset=utf-8", "<!DOCTYPE html>")]
    [InlineData("html:503", 503, "text/html; charset=utf-8", "<!DOCTYPE html>")]
    [InlineData("empty", 200, "application/json; charset=utf-8", "")]
    [InlineData("empty:500", 500, "application/json; charset=utf-8", "")]
    [InlineData("503", 503, "application/json; charset=utf-8", "TransientError")]
    [InlineData("429", 429, "application/json; charset=utf-8", "QuotaExceededError")]
    [InlineData("429:TooManyRequestsError", 429, "application/json; charset=utf-8", "TooManyRequestsError")]
    [InlineData("huge:300KB", 200, "application/json; charset=utf-8", "{\"data\":\"aaaa")]
    public async Task Another_answer_comes_uncompressed_in_the_place_of_the_right_one(
        string fault, int status, string contentType, string part)
    {
        Server.Faults.Add(fault);
        using HttpResponseMessage response = await Client.SendAsync(Path, userAgent: "gzip", acceptGzip: true);
        string body = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.ToString());
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Contains(part, body, StringComparison.Ordinal);
        Assert.True(part.Length > 0 || body.Length == 0);
    }

    [Fact]
    public async Task A_huge_body_is_well_formed_and_as_large_as_it_says()
    {
        Server.Faults.Add("huge:5MB");
        using HttpResponseMessage response = await Client.SendAsync(Path);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(5 << 20, body.Length);
        using JsonDocument document = JsonDocument.Parse(body);
        Assert.Equal(JsonValueKind.String, document.RootElement.GetProperty("data").ValueKind);
    }

    [Fact]
    public async Task A_client_that_stops_reading_a_huge_body_is_counted_as_aborted()
    {
        Server.Faults.Add("huge:2GB");
        using (await Client.SendAsync(Path, completion: HttpCompletionOption.ResponseHeadersRead))
        {
        }

        await Server.Requests.WaitForAsync(log => log.Aborted == 1 && log.InFlight == 0);
    }

    [Fact]
    public async Task A_redirect_leads_elsewhere()
    {
        Server.Faults.Add("redirect:https://elsewhere.example/api/v3/x");
        using HttpResponseMessage response = await Client.SendAsync(Path);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("https://elsewhere.example/api/v3/x", response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wrong_encoding_is_plain_JSON_under_the_name_of_gzip(bool gzip)
    {
        Server.Faults.Add("wrong-encoding");
        using HttpResponseMessage response = await Client.SendAsync(Path, userAgent: "gzip", acceptGzip: gzip);
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("example.com", document.RootElement.GetProperty("data").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("429@retry-after=30", "30")]
    [InlineData("503@retry-after=date+600", "Wed, 01 Apr 2026 00:00:00 GMT")]
    public async Task Retry_After_comes_in_seconds_or_as_a_date(string fault, string expected)
    {
        Server.Faults.Add(fault);
        using HttpResponseMessage response = await Client.SendAsync(Path);
        Assert.Equal(expected, Assert.Single(response.Headers.GetValues("Retry-After")));
    }
}
