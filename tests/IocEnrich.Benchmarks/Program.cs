using System.Reflection;
using BenchmarkDotNet.Running;
using IocEnrich.Benchmarks.Harnesses;
using IocEnrich.Benchmarks.Hot;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;
using IocEnrich.Engine.Caching;

namespace IocEnrich.Benchmarks;

/// <summary>One command for each set of figures; docs/performance.md shows what they print.</summary>
internal static class Program
{
    private const string Help =
        """
        usage: dotnet run -c Release --project tests/IocEnrich.Benchmarks -- COMMAND [OPTIONS]

          hot [BENCHMARKDOTNET OPTIONS]   the hot paths in BenchmarkDotNet; --filter '*Parse*' for some of them
          throughput                      lookups against the emulator, beside a raw HttpClient loop
              --rounds N (5)  --count N (20000)  --concurrency N[,N] (16,64)  --set cpu|latency (both)
          ledger                          what it costs to share the quota with other processes
              --rounds N (7)  --count N (10000)
          extract                         free text, 1 MB to 1 GB: speed and memory      --largest MB (1024)
          parse                           tokens a second on one core                     --rounds N (5)
          store                           what is known: read, written, and how large it is
              --rounds N (5)  --count N (20000)
          million                         a list of 10,000, 100,000 and 1,000,000         --rounds N (3)  --counts N,N
          startup                         the import, the first result, and a job that waits for its quota
          startup-pwsh                    the import and the first result in pwsh
              --pwsh PROGRAM (pwsh)  --module FOLDER[,FOLDER] (what the build has staged)  --rounds N (7)
          corpus FOLDER                   what Find-Ioc finds in the files of a folder, and how fast; against a truth: what it misses
              --truth FILE   found, missed, altered and false, by type: of the types that the truth has, in the files of the folder
              --out FILE     writes what was found, in the format of a truth
              --show N (5)   shows so many of the missed, altered and false of each type
              A truth has a line for each indicator, with tabs: file in the folder, line (or nothing), type, value; # begins a comment.
              It may be what another extractor has found, or what another version of this one has written with --out.
          peers                           the same text through Python's extractors
              --ioc-finder DIR[:DIR]  --iocextract DIR  --python PROGRAM (python3)  --kilobytes N (256)
        """;

    private static async Task<int> Main(string[] arguments)
    {
        // Away from the store of whoever measures.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("iocenrich-benchmarks-");
        Environment.SetEnvironmentVariable("IOCENRICH_CACHE", Path.Combine(folder.FullName, "store.db"));
        try
        {
            return await RunAsync(arguments);
        }
        finally
        {
            ResultCaches.CloseAll();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.WriteLine(Help);
            return 0;
        }

        if (typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static entry => entry.Key == "Configuration").Value != "Release")
        {
            await Console.Error.WriteLineAsync("This is a Debug build, and its figures mean nothing. Run it with -c Release.");
            return 2;
        }

        if (arguments[0] == "hot")
        {
            Machine.Describe();
            BenchmarkSwitcher.FromTypes(HotPaths.All).Run(arguments.Length == 1 ? ["--filter", "*"] : arguments[1..], HotPaths.Config);
            return 0;
        }

        if (arguments[0] == EmulatorProcess.ChildCommand)
        {
            return await EmulatorProcess.RunAsync(arguments[1..]);
        }

        return arguments is ["corpus", { } folder, ..] && !folder.StartsWith("--", StringComparison.Ordinal)
            ? Corpus.Run(folder, new Options(arguments[2..]))
            : await RunHarnessAsync(arguments[0], new Options(arguments[1..]));
    }

    private static async Task<int> RunHarnessAsync(string command, Options options)
    {
        switch (command)
        {
            case "throughput":
                return await Throughput.RunAsync(options);
            case "ledger":
                return await Ledger.RunAsync(options);
            case "extract":
                return Extract.Run(options);
            case "parse":
                return Parse.Run(options);
            case "store":
                return await StoreFigures.RunAsync(options);
            case "million":
                return await Million.RunAsync(options);
            case Million.ChildCommand:
                return await Million.RunOneAsync(options);
            case "startup":
                return await Startup.RunAsync();
            case Startup.ChildCommand:
                return Startup.RunOne(options);
            case "startup-pwsh":
                return await StartupInPwsh.RunAsync(options);
            case StartupInPwsh.RawCommand:
                return await StartupInPwsh.RunRawAsync(options);
            case "peers":
                return await PeerComparison.RunAsync(options);
            default:
                await Console.Error.WriteLineAsync($"There is no command \"{command}\".");
                Console.WriteLine(Help);
                return 2;
        }
    }
}
