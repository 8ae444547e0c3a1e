using System.Net;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class RequestLogTests : EmulatorTestBase
{
    private readonly WatchedTime _time;

    public RequestLogTests()
        : this(new WatchedTime())
    {
    }

    private RequestLogTests(WatchedTime time)
        : base(new EmulatorOptions { TimeProvider = time, MaxLoggedRequests = 6 }) => _time = time;

    [Fact]
    public async Task Requests_are_counted_by_the_canonical_indicator()
    {
        await Client.StatusAsync("domains/EXAMPLE.com");
        await Client.StatusAsync("domains/example.com.");
        await Client.StatusAsync("ip_addresses/2001%3adb8%3a0%3a0%3a%3a1");
        await Client.StatusAsync($"urls/{EmulatorClient.UrlId("https://example.com/ü")}");
        await Client.StatusAsync("domains/nonsense");

        Assert.Equal(5, Server.Requests.Total);
        Assert.Equal(2, Server.Requests.Count("Example.COM"));
        Assert.Equal(1, Server.Requests.Count("2001:DB8::1"));
        Assert.Equal(1, Server.Requests.Count("https://example.com/ü"));
        Assert.Equal(1, Server.Requests.Count("nonsense"));
        Assert.Equal(0, Server.Requests.Count("example.org"));
        Assert.Equal(1, Server.Requests.CountsOfStatuses()[400]);
        Assert.Equal(4, Server.Requests.Counts().Count);
    }

    [Fact]
    public async Task The_headers_of_the_last_request_are_kept()
    {
        using (await Client.SendAsync("domains/example.com", "first-key", "first"))
        {
        }

        using (await Client.SendAsync("domains/example.com", "second-key", "second gzip", acceptGzip: true))
        {
        }

        Assert.Equal(new SeenHeaders("second gzip", "second-key", null, "gzip"), Server.Requests.LastHeaders("example.com"));
        Assert.Null(Server.Requests.LastHeaders("example.org"));
    }

    [Fact]
    public async Task The_largest_window_holds_its_start_but_not_its_end()
    {
        foreach (int seconds in (int[])[0, 20, 20, 20, 5])
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            await Client.StatusAsync("domains/example.com");
        }

        Assert.Equal(4, Server.Requests.LargestWindow(TimeSpan.FromSeconds(60)));
        Assert.Equal(5, Server.Requests.LargestWindow(TimeSpan.FromSeconds(66)));
        Assert.Equal(1, Server.Requests.LargestWindow(TimeSpan.FromSeconds(5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Server.Requests.LargestWindow(TimeSpan.Zero));
    }

    [Fact]
    public async Task Beyond_its_bound_only_the_total_goes_on()
    {
        foreach (int number in Enumerable.Range(1, 8))
        {
            await Client.StatusAsync($"domains/host-{number}.example.com");
        }

        Assert.Equal(8, Server.Requests.Total);
        Assert.Equal(6, Server.Requests.LargestWindow(TimeSpan.FromMinutes(1)));
        Assert.Equal(1, Server.Requests.Count("host-6.example.com"));
        Assert.Equal(0, Server.Requests.Count("host-7.example.com"));
    }

    [Fact]
    public async Task Requests_that_are_held_are_in_flight_until_they_are_released()
    {
        Task<HttpStatusCode>[] requests;
        using (Server.Hold())
        {
            using (Server.Hold())
            {
                requests = [.. Enumerable.Range(0, 5).Select(number => Client.StatusAsync($"domains/host-{number}.example.com"))];
                await Server.Requests.WaitForAsync(log => log.InFlight == 5);
            }

            Assert.Equal(5, Server.Requests.InFlight);
        }

        await Task.WhenAll(requests);
        await Server.Requests.WaitForAsync(log => log.InFlight == 0);
        Assert.Equal(5, Server.Requests.MaxConcurrent);
        Assert.Equal(0, Server.Requests.Aborted);
    }

    [Fact]
    public async Task A_request_the_client_gives_up_is_counted_as_aborted()
    {
        using CancellationTokenSource givingUp = new();
        using IDisposable hold = Server.Hold();
        Task<HttpResponseMessage> request = Client.SendAsync("domains/example.com", cancellationToken: givingUp.Token);
        await Server.Requests.WaitForAsync(log => log.InFlight == 1);

        await givingUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Server.Requests.WaitForAsync(log => log.Aborted == 1 && log.InFlight == 0);
        Assert.Empty(Server.Requests.CountsOfStatuses());
    }

    [Fact]
    public async Task A_wait_can_be_given_up()
    {
        using CancellationTokenSource givingUp = new();
        Task waiting = Server.Requests.WaitForAsync(log => log.Total == 1, givingUp.Token);

        await givingUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_was_cleared_counts_no_more()
    {
        await Client.StatusAsync("domains/example.com");
        await Server.Requests.WaitForAsync(log => log.InFlight == 0);

        Server.Requests.Clear();

        Assert.Equal(0, Server.Requests.Total);
        Assert.Equal(0, Server.Requests.Count("example.com"));
        Assert.Equal(0, Server.Requests.MaxConcurrent);
        Assert.Equal(0, Server.Requests.LargestWindow(TimeSpan.FromMinutes(1)));
    }
}
