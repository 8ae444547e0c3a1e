using System.Diagnostics;
using System.Globalization;
using System.Text;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>Free text from 1 MB to 1 GB, decoded from UTF-8 as it is read, as Find-Ioc does. A second is one of processor time.</summary>
internal static class Extract
{
    private const int Megabyte = 1024 * 1024;
    private const int Rounds = 3;

    internal static int Run(Options options)
    {
        Machine.Describe();
        int largest = options.Whole("largest", 1024);
        Table table = new("text", "MB", "MB/s (spread)", "ns a byte, of 1 MB", "indicators a MB", "KB allocated a MB", "peak working set MB");
        (string Name, byte[] Block)[] texts =
        [
            ("sparse (1 line in 50)", Encoding.UTF8.GetBytes(LogText.Sparse(Megabyte))),
            ("dense (every line)", Encoding.UTF8.GetBytes(LogText.Dense(Megabyte))),
        ];

        // What is compiled and tuned while it runs is no part of the figures.
        foreach ((_, byte[] block) in texts)
        {
            Count(block, 64);
        }

        foreach ((string name, byte[] block) in texts)
        {
            // Small texts are read so often that as many bytes go through as of the larger ones.
            double first = 0;
            foreach ((int size, int times) in new[] { (1, 100), (100, 1), (largest, 1) })
            {
                long found = 0;
                Usage[] all = [.. Enumerable.Range(0, size > 100 ? 1 : Rounds).Select(_ => Usage.Of(() => found = Repeat(block, size, times)))];
                Spread rate = Spread.Of(all.Select(usage => size * times / usage.Processor.TotalSeconds));
                first = first == 0 ? rate.Median : first;
                table.Add(
                    name,
                    size.ToString(CultureInfo.InvariantCulture),
                    rate.ToString("0"),
                    (first / rate.Median).ToString("0.00", CultureInfo.InvariantCulture),
                    ((double)found / size / times).ToString("0", CultureInfo.InvariantCulture),
                    (all.Min(static usage => usage.Allocated) / 1024.0 / size / times).ToString("0", CultureInfo.InvariantCulture),
                    (Process.GetCurrentProcess().PeakWorkingSet64 / Megabyte).ToString(CultureInfo.InvariantCulture));
            }
        }

        table.Print();
        return 0;
    }

    private static long Repeat(byte[] block, int megabytes, int times)
    {
        long found = 0;
        for (int time = 0; time < times; time++)
        {
            found += Count(block, megabytes);
        }

        return found;
    }

    private static long Count(byte[] block, int megabytes)
    {
        using StreamReader reader = new(new RepeatingStream(block, (long)megabytes * Megabyte), Encoding.UTF8);
        return IndicatorExtractor.Extract(reader).LongCount();
    }
}
