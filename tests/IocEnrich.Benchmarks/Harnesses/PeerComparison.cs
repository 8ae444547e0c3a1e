using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>The same texts through the extractors that Python users have. They are not ours and not here: their folders are given.</summary>
internal static class PeerComparison
{
    private const int Rounds = 5;

    internal static async Task<int> RunAsync(Options options)
    {
        Machine.Describe();
        int length = options.Whole("kilobytes", 256) * 1024;
        string folder = Directory.CreateTempSubdirectory("IocEnrich.Benchmarks.").FullName;
        try
        {
            Table table = new("text", "extractor", "MB/s", "finds", "IocEnrich is faster by");
            foreach ((string name, string text) in new[] { ("sparse", LogText.Sparse(length)), ("dense", LogText.Dense(length)) })
            {
                string file = Path.Combine(folder, name + ".log");
                await File.WriteAllTextAsync(file, text);
                (double own, int found) = Own(text);
                table.Add(name, "IocEnrich", Speed(text, own), found.ToString(CultureInfo.InvariantCulture), "");
                foreach (string peer in new[] { "ioc-finder", "iocextract" })
                {
                    if (options.Text(peer) is { } search)
                    {
                        Figures figures = await OfPeerAsync(options.Text("python") ?? "python3", peer, search, file);
                        table.Add(
                            name,
                            $"{peer} (Python {figures.Python})",
                            Speed(text, figures.Seconds),
                            figures.Found.ToString(CultureInfo.InvariantCulture),
                            string.Create(CultureInfo.InvariantCulture, $"{figures.Seconds / own:0}×"));
                    }
                }
            }

            table.Print();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Seconds, int Found) Own(string text)
    {
        int found = 0;
        Usage[] all = [.. Enumerable.Range(0, Rounds + 20).Select(_ => Usage.Of(() => found = IndicatorExtractor.Extract(text).Count)).Skip(20)];
        return (Spread.Of(all.Select(static usage => usage.Processor.TotalSeconds)).Median, found);
    }

    private static async Task<Figures> OfPeerAsync(string python, string peer, string search, string file)
    {
        ProcessStartInfo start = new(python, [Path.Combine(AppContext.BaseDirectory, "Peers", "time_peer.py"), peer, file]);
        start.Environment["PYTHONPATH"] = search;
        return JsonSerializer.Deserialize<Figures>(await ChildProcess.ReadAsync(start), JsonSerializerOptions.Web)!;
    }

    private static string Speed(string text, double seconds) => (text.Length / seconds / 1024 / 1024).ToString("0.###", CultureInfo.InvariantCulture);

    internal sealed record Figures(double Seconds, int Found, string Python);
}
