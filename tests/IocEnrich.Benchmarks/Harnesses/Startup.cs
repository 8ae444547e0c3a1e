using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>What somebody waits for who looks up one indicator, and what a job costs that waits for its quota.</summary>
internal static class Startup
{
    internal const string ChildCommand = "startup-one";

    private const int Rounds = 7;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    internal static async Task<int> RunAsync()
    {
        Machine.Describe();
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync();

        // So that its first answer is not what is measured.
        await ReadAsync(emulator.Endpoint, idle: false);
        List<Figures> all = [];
        for (int round = 0; round < Rounds; round++)
        {
            all.Add(await ReadAsync(emulator.Endpoint, idle: false));
        }

        Table table = new("", "milliseconds (spread)");
        table.Add("a session without the module", Spread.Of(all.Select(static figures => figures.SessionMilliseconds)).ToString("0"));
        table.Add("Import-Module, beyond that", Spread.Of(all.Select(static figures => figures.ImportMilliseconds)).ToString("0"));
        table.Add("first result of the session's first job", Spread.Of(all.Select(static figures => figures.FirstMilliseconds)).ToString("0"));
        table.Add("first result of its second job", Spread.Of(all.Select(static figures => figures.SecondMilliseconds)).ToString("0"));
        table.Print();
        Figures idle = await ReadAsync(emulator.Endpoint, idle: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A job that waits for its quota: {idle.IdlePercent:0.000} % of a core over {Idle.TotalSeconds:0} s; the same process without a job: {idle.BaselinePercent:0.000} %"));
        return 0;
    }

    internal static int RunOne(Options options)
    {
        long start = Stopwatch.GetTimestamp();
        using ModuleRunspace session = ModuleRunspace.OpenEmpty();
        session.Invoke("1");
        double opened = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double imported = Time(() => session.Invoke($"Import-Module '{ModuleRunspace.ModulePath}'"));
        session.Set("Endpoint", new Uri(options.Text("endpoint")!));
        session.Set("Key", new System.Net.NetworkCredential("", ModuleRunspace.Key).SecurePassword);
        double first = Time(() => LookUp(session, "evil.com"));
        double second = Time(() => LookUp(session, "evil.org"));
        (double baseline, double idle) = options.Text("idle") == "yes" ? MeasureIdle(session) : (0, 0);
        Console.WriteLine(JsonSerializer.Serialize(new Figures(opened, imported, first, second, baseline, idle)));
        return 0;
    }

    private static void LookUp(ModuleRunspace session, string indicator)
    {
        if (session.Invoke($"'{indicator}' | Start-IocEnrichment -ApiKey $Key -Endpoint $Endpoint | Receive-IocEnrichmentResult -Wait").Count != 1)
        {
            throw new InvalidOperationException("There is not one result.");
        }
    }

    private static (double Baseline, double Idle) MeasureIdle(ModuleRunspace session)
    {
        double baseline = PercentOfCore();
        session.Invoke("$job = 1..40 | ForEach-Object { \"host$_.evil.com\" } | Start-IocEnrichment -ApiKey $Key -Endpoint $Endpoint -ThrottleLimit 16");

        // What the quota allows is answered by then, written down and told to the ledger, and what that compiled has settled; the rest waits.
        Thread.Sleep(TimeSpan.FromSeconds(20));
        double idle = PercentOfCore();
        session.Invoke("$job | Stop-Job");
        return (baseline, idle);
    }

    private static double PercentOfCore()
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Thread.Sleep(Idle);
        return (Environment.CpuUsage.TotalTime - before) / Idle * 100;
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<Figures> ReadAsync(Uri endpoint, bool idle) => JsonSerializer.Deserialize<Figures>(
        await ChildProcess.ReadAsync(ChildCommand, "--endpoint", endpoint.ToString(), "--idle", idle ? "yes" : "no"))!;

    internal sealed record Figures(
        double SessionMilliseconds, double ImportMilliseconds, double FirstMilliseconds, double SecondMilliseconds, double BaselinePercent, double IdlePercent);
}
