using System.Globalization;
using VirusTotal.Emulator;

namespace IocEnrich.PowerShell.Tests.Processes;

/// <summary>Sessions in processes of their own that use one key, on the real clock.</summary>
public sealed class SharedQuotaTests : IDisposable
{
    private const int Processes = 8;
    private const int Limit = 60;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("IocEnrich.Quota.");
    private readonly List<PwshProcess> _processes = [];

    private (string Name, string? Value)[] Environment =>
        [("VT_API_KEY", "a-key-for-the-tests"), ("IOCENRICH_CACHE", Path.Combine(_folder.FullName, "store.db"))];

    public void Dispose()
    {
        _processes.ForEach(static process => process.Dispose());
        _folder.Delete(recursive: true);
    }

    /// <summary>
    /// It takes a window and a bit more, some 70 seconds: the one test that shows what the fake clock cannot, that processes which share
    /// nothing but a file, and start at the same time, keep one limit.
    /// </summary>
    [Fact]
    public async Task Eight_processes_that_start_together_keep_one_limit_and_leave_little_of_it()
    {
        await using EmulatorServer server = await TestServer.StartAsync();
        for (int process = 0; process < Processes; process++)
        {
            _processes.Add(Start(server.Endpoint, process));
        }

        await server.Requests.WaitForAsync(static log => log.Total >= 2 * Limit).WaitAsync(TimeSpan.FromMinutes(4));

        // Each of two windows, to the last place but one in twenty; the other quarter of a minute is for a busy machine.
        Assert.InRange(server.Requests.LargestWindow(TimeSpan.FromSeconds(75)), 2 * Limit * 95 / 100, 2 * Limit);
        Assert.InRange(server.Requests.LargestWindow(TimeSpan.FromSeconds(60)), Limit * 95 / 100, Limit);
    }

    [Fact]
    public async Task The_days_budget_holds_over_a_restart_even_where_nothing_is_kept()
    {
        await using EmulatorServer server = await TestServer.StartAsync();
        string[] counts = new string[3];
        for (int session = 0; session < counts.Length; session++)
        {
            string command = string.Create(
                CultureInfo.InvariantCulture,
                $"(1..2 | ForEach-Object {{ \"host$_.session{session}.example.com\" }} | Start-IocEnrichment -Endpoint {server.Endpoint} -RequestsPerMinute 0 -RequestsPerDay 3 -NoCache | Receive-IocEnrichmentResult -Wait -ErrorAction Ignore).ForEach({{ [string]($_.Error.Kind ?? 'Answered') }}) -join ' '");
            PwshResult result = await PwshProcess.RunAsync(command, Environment);
            counts[session] = string.Join(' ', result.Output.Trim().Split(' ').Order(StringComparer.Ordinal));
        }

        Assert.Equal(["Answered Answered", "Answered QuotaExceeded", "QuotaExceeded QuotaExceeded"], counts);
        Assert.Equal(3, server.Requests.Total);
    }

    private PwshProcess Start(Uri endpoint, int process)
    {
        // More than there is time for, so that each of them always has something to ask.
        string command = string.Create(
            CultureInfo.InvariantCulture,
            $"1..200 | ForEach-Object {{ \"host$_.process{process}.example.com\" }} | Start-IocEnrichment -Endpoint {endpoint} -RequestsPerMinute {Limit} -RequestsPerDay 0 | Receive-IocEnrichmentResult -Wait | Out-Null");
        return PwshProcess.Start(["-Command", command], Environment);
    }
}
