using System.Diagnostics;
using System.Text.Json;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>
/// The import and the first result as a user has them: in new processes of pwsh, beside a module with nothing in it, and beside one request
/// that a new process makes without anything of ours. In turns, so that whatever else the machine does touches all of them.
/// </summary>
internal static class StartupInPwsh
{
    internal const string RawCommand = "startup-raw";

    private const string Script =
        """
        param($Empty, $Module, $Endpoint)
        $ErrorActionPreference = 'Stop'
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Import-Module $Empty
        $atEmpty = $clock.Elapsed.TotalMilliseconds
        $clock.Restart()
        Import-Module $Module
        $import = $clock.Elapsed.TotalMilliseconds
        $key = [Net.NetworkCredential]::new('', 'a-key').SecurePassword
        $times = foreach ($address in '8.8.8.8', '8.8.4.4') {
            $clock.Restart()
            $results = @($address | Start-IocEnrichment -Endpoint $Endpoint -ApiKey $key | Receive-IocEnrichmentResult -Wait)
            if ($results.Count -ne 1) { throw 'There is not one result.' }
            $clock.Elapsed.TotalMilliseconds
        }
        @{ Empty = $atEmpty; Import = $import; First = $times[0]; Second = $times[1] } | ConvertTo-Json -Compress
        """;

    internal static async Task<int> RunAsync(Options options)
    {
        Machine.Describe();
        string[] modules = options.Text("module")?.Split(',') ?? [Path.GetDirectoryName(ModuleRunspace.ModulePath)!];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("iocenrich-startup-");
        try
        {
            using EmulatorProcess emulator = await EmulatorProcess.StartAsync();
            Pwsh pwsh = new(options.Text("pwsh") ?? "pwsh", folder.FullName, emulator.Endpoint);
            await pwsh.MeasureAsync(modules[0]);
            List<double> raw = [];
            Dictionary<string, List<Times>> times = modules.ToDictionary(static module => module, static _ => new List<Times>());
            for (int round = 0; round < options.Whole("rounds", 7); round++)
            {
                raw.Add(JsonSerializer.Deserialize<double>(await ChildProcess.ReadAsync(RawCommand, "--endpoint", emulator.Endpoint.ToString())));
                foreach (string module in modules)
                {
                    times[module].Add(await pwsh.MeasureAsync(module));
                }
            }

            Print(raw, times);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One request in this process, which has made none before: from the making of the client to the end of the body.</summary>
    internal static async Task<int> RunRawAsync(Options options)
    {
        Uri endpoint = new(options.Text("endpoint")!);
        long start = Stopwatch.GetTimestamp();
        using HttpClient http = RawLoop.CreateClient();
        using HttpResponseMessage response = await http.GetAsync(new Uri($"{endpoint}/ip_addresses/8.8.8.8"));
        await response.Content.ReadAsByteArrayAsync();
        Console.WriteLine(JsonSerializer.Serialize(Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        return 0;
    }

    private static void Print(List<double> raw, Dictionary<string, List<Times>> times)
    {
        Table table = new("", "milliseconds (spread)");
        table.Add("a raw HttpClient request, the first of its process", Spread.Of(raw).ToString("0"));
        table.Add("Import-Module of a module with nothing in it", Spread.Of(times.Values.SelectMany(static all => all).Select(static one => one.Empty)).ToString("0"));
        foreach ((string module, List<Times> all) in times)
        {
            table.Add($"{module}: Import-Module", Spread.Of(all.Select(static one => one.Import)).ToString("0"));
            table.Add("— beyond the module with nothing in it", Spread.Of(all.Select(static one => one.Import - one.Empty)).ToString("0"));
            table.Add("— first result of the session's first job", Spread.Of(all.Select(static one => one.First)).ToString("0"));
            table.Add("— beyond the raw request", Spread.Of(all.Zip(raw, static (one, request) => one.First - request)).ToString("0"));
            table.Add("— first result of its second job", Spread.Of(all.Select(static one => one.Second)).ToString("0"));
        }

        table.Print();
    }

    /// <summary>What one process took, in milliseconds.</summary>
    private sealed record Times(double Empty, double Import, double First, double Second);

    /// <summary>Runs the script, each time in a new process with a store of its own.</summary>
    private sealed class Pwsh
    {
        private readonly string _program;
        private readonly string _folder;
        private readonly Uri _endpoint;
        private int _stores;

        internal Pwsh(string program, string folder, Uri endpoint)
        {
            (_program, _folder, _endpoint) = (program, folder, endpoint);
            File.WriteAllText(ScriptPath, Script);
            File.WriteAllText(EmptyPath, "@{ ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @() }");
        }

        private string ScriptPath => Path.Combine(_folder, "startup.ps1");

        private string EmptyPath => Path.Combine(_folder, "Empty.psd1");

        internal async Task<Times> MeasureAsync(string module)
        {
            ProcessStartInfo start = new(
                _program,
                ["-NoProfile", "-NonInteractive", "-File", ScriptPath, EmptyPath, Path.Combine(module, "IocEnrich.psd1"), _endpoint.ToString()]);
            start.Environment["IOCENRICH_CACHE"] = Path.Combine(_folder, $"store-{_stores++}.db");
            return JsonSerializer.Deserialize<Times>(await ChildProcess.ReadAsync(start))!;
        }
    }
}
