using System.Net;
using System.Text.Json;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class ServerTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    public async Task It_refuses_to_listen_beyond_loopback(string address) => await Assert.ThrowsAsync<ArgumentException>(
        () => EmulatorServer.StartAsync(new EmulatorOptions { Address = IPAddress.Parse(address) }));

    [Fact]
    public async Task A_port_that_is_taken_is_an_IO_exception()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => EmulatorServer.StartAsync(new EmulatorOptions { Port = first.Endpoint.Port }));
    }

    [Fact]
    public async Task It_takes_a_free_port_of_loopback_by_itself()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        Assert.Equal("127.0.0.1", server.Endpoint.Host);
        Assert.Equal("/api/v3", server.Endpoint.AbsolutePath);
        Assert.NotEqual(0, server.Endpoint.Port);
    }

    [Fact]
    public async Task Latency_passes_by_the_given_clock()
    {
        WatchedTime time = new();
        EmulatorOptions options = new() { Latency = TimeSpan.FromHours(1), TimeProvider = time };
        await using EmulatorServer server = await EmulatorServer.StartAsync(options);
        using EmulatorClient client = new(server);
        Task<HttpStatusCode> request = client.StatusAsync("domains/example.com");

        Assert.Equal(TimeSpan.FromHours(1), await time.NextWaitAsync());
        Assert.Equal(1, server.Requests.InFlight);
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.OK, await request);
    }

    [Fact]
    public async Task Stopping_resets_what_is_under_way()
    {
        EmulatorServer server = await EmulatorServer.StartAsync();
        using EmulatorClient client = new(server);
        using IDisposable hold = server.Hold();
        Task<HttpStatusCode> request = client.StatusAsync("domains/example.com");
        await server.Requests.WaitForAsync(log => log.InFlight == 1);

        await server.DisposeAsync();
        await server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    [Fact]
    public async Task What_the_options_know_is_answered()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions
        {
            Known = new Dictionary<string, EmulatedVerdict>
            {
                ["EVIL.example.com"] = EmulatedVerdict.Detected(2, 1),
                ["192.0.2.4"] = EmulatedVerdict.NoAnalysis,
            },
        });
        using EmulatorClient client = new(server);

        JsonElement stats = (await client.AttributesAsync("domains/evil.example.com")).GetProperty("last_analysis_stats");
        JsonElement bare = await client.AttributesAsync("ip_addresses/192.0.2.4");

        Assert.Equal(2, stats.GetProperty("malicious").GetInt32());
        Assert.Equal(1, stats.GetProperty("suspicious").GetInt32());
        Assert.False(bare.TryGetProperty("last_analysis_stats", out _));
        Assert.False(bare.TryGetProperty("last_analysis_results", out _));
        Assert.True(bare.TryGetProperty("network", out _));
    }

    [Fact]
    public async Task Verdicts_and_bodies_can_be_set_and_taken_back()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        using EmulatorClient client = new(server);
        string own = (await client.JsonAsync("domains/example.com")).GetRawText();

        server.Answers.Set("example.com", EmulatedVerdict.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, await client.StatusAsync("domains/example.com"));
        server.Answers.SetBody("Example.com", 418, "{ \"exact\" : 1 }", "application/exact");
        using (HttpResponseMessage exact = await client.SendAsync("domains/example.com", userAgent: "gzip", acceptGzip: true))
        {
            Assert.Equal(418, (int)exact.StatusCode);
            Assert.Equal("application/exact", exact.Content.Headers.ContentType?.ToString());
            Assert.Equal("{ \"exact\" : 1 }", await exact.Content.ReadAsStringAsync());
        }

        server.Answers.SetBody("example.com", 200, "{\"exact\":2}");
        using (HttpResponseMessage exact = await client.SendAsync("domains/example.com", userAgent: "gzip", acceptGzip: true))
        {
            Assert.Contains("gzip", exact.Content.Headers.ContentEncoding);
            Assert.Equal(2, (await EmulatorClient.ReadJsonAsync(exact)).GetProperty("exact").GetInt32());
        }

        server.Answers.Reset("example.com");
        Assert.Equal(own, (await client.JsonAsync("domains/example.com")).GetRawText());
    }

    [Fact]
    public void A_verdict_has_room_for_its_engines()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatedVerdict.Malicious(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatedVerdict.Malicious(61));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatedVerdict.Detected(31, 30));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatedVerdict.Detected(-1, 2));
    }

    [Fact]
    public async Task Many_requests_at_once_are_all_answered()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync();
        using EmulatorClient client = new(server);

        HttpStatusCode[] statuses = await Task.WhenAll(
            Enumerable.Range(0, 400).Select(number => client.StatusAsync($"domains/host-{number % 50}.example.com")));

        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NotFound));
        Assert.Equal(400, server.Requests.Total);
        Assert.All(server.Requests.Counts().Values, count => Assert.Equal(8, count));
    }
}
