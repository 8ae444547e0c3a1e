using System.Globalization;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Store;

/// <summary>Processes that share a store, and some that are killed.</summary>
public sealed class KillTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iocenrich-").FullName;
    private EmulatorServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(5) });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_list_whose_process_is_killed_again_and_again_is_paid_for_once_but_for_what_was_on_its_way()
    {
        const int Indicators = 2_000;
        const int Kills = 20;
        const int Throttle = 8;

        // What may be on its way to the disk, by the promise of the store.
        const int MostUnwritten = 100;

        // The next list begins when one is done, so that there is always something to lose. With nothing kept, some 6,000 would be paid twice.
        int list = 0;
        Random random = new();
        for (int kill = 0; kill < Kills;)
        {
            using PwshProcess pwsh = PwshProcess.Start(["-Command", Enrich($"list{list}-", Indicators, Throttle)], Environment);
            long due = _server.Requests.Total + random.Next(1, 600);
            Task<PwshResult> end = pwsh.EndAsync();
            if (await Task.WhenAny(_server.Requests.WaitForAsync(log => log.Total >= due), end) == end)
            {
                AssertComplete(await end, ++list * Indicators);
                continue;
            }

            kill++;
            pwsh.Kill();
            await end;
        }

        AssertComplete(await PwshProcess.RunAsync(Enrich($"list{list}-", Indicators, Throttle), Environment), ++list * Indicators);
        Assert.InRange(_server.Requests.Total - (list * Indicators), 0, Kills * (Throttle + MostUnwritten));

        static void AssertComplete(PwshResult result, int kept)
        {
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.Equal($"{Indicators} results, {kept} kept", result.Output.Trim());
        }
    }

    [UnixFact]
    public async Task SIGTERM_leaves_the_answers_that_came_on_the_disk_and_no_request_with_the_account()
    {
        const int Throttle = 8;
        using PwshProcess pwsh = PwshProcess.Start(["-Command", Enrich("host", 5_000, Throttle)], Environment);
        await _server.Requests.WaitForAsync(static log => log.Total >= 300);

        pwsh.Send(Signals.Terminate);
        await pwsh.EndAsync();

        long sent = _server.Requests.Total;
        PwshResult after = await PwshProcess.RunAsync($"(Get-IocEnrichmentCache).Entries; (Get-IocEnrichmentQuota -Endpoint '{_server.Endpoint}').LocalMinute.Used", Environment);
        Assert.Equal((0, ""), (after.ExitCode, after.Error));
        string[] lines = after.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // Those that were on their way when it ended are lost to this machine; all others are kept.
        Assert.InRange(int.Parse(lines[0], CultureInfo.InvariantCulture), sent - Throttle, sent);
        Assert.Equal(sent, long.Parse(lines[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Two_processes_with_the_same_list_lose_nothing_and_keep_each_answer_once()
    {
        const int Indicators = 5_000;

        PwshResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => PwshProcess.RunAsync(Enrich("host", Indicators, throttle: 16), Environment)));

        Assert.All(results, static result => Assert.Equal((0, ""), (result.ExitCode, result.Error)));
        Assert.All(results, static result => Assert.StartsWith($"{Indicators} results", result.Output.Trim(), StringComparison.Ordinal));
        PwshResult after = await PwshProcess.RunAsync("(Get-IocEnrichmentCache).Entries", Environment);
        Assert.Equal($"{Indicators}", after.Output.Trim());
    }

    private (string Name, string? Value)[] Environment => [("IOCENRICH_CACHE", Path.Combine(_folder, "store.db")), ("VT_API_KEY", "a-key-for-the-store")];

    private string Enrich(string prefix, int indicators, int throttle) =>
        $$"""
        $WarningPreference = 'Stop'
        $count = 0
        1..{{indicators}} | ForEach-Object { "{{prefix}}$_.example.com" } |
            Start-IocEnrichment -Endpoint '{{_server.Endpoint}}' -ThrottleLimit {{throttle}} -RequestsPerMinute 0 -RequestsPerDay 0 |
            Receive-IocEnrichmentResult -Wait -ErrorAction Stop |
            ForEach-Object { $count++ }
        "$count results, $((Get-IocEnrichmentCache).Entries) kept"
        """;
}
