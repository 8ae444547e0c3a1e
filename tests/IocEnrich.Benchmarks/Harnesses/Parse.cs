using System.Globalization;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Benchmarks.Work;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>Tokens a second of processor time, which is that of one core, kind by kind; each token is another one.</summary>
internal static class Parse
{
    private const int Tokens = 100_000;
    private const double Target = 2_000_000;

    private static readonly (string Name, Func<int, string> Token)[] Kinds =
    [
        ("IPv4", IndicatorList.Address),
        ("IPv6", static number => string.Create(CultureInfo.InvariantCulture, $"2a02:{1 + (number % 9999):x}:{1 + (number >> 8):x}::{1 + (number & 255):x}")),
        ("domain", IndicatorList.Domain),
        ("URL", IndicatorList.Url),
        ("MD5", IndicatorList.Md5),
        ("SHA-256", IndicatorList.Sha256),
        ("CVE", static number => string.Create(CultureInfo.InvariantCulture, $"CVE-2021-{10000 + (number % 80000)}")),
        ("e-mail", static number => "bob@" + IndicatorList.Domain(number)),
        ("IPv4, defanged", static number => IndicatorList.Address(number).Replace(".", "[.]", StringComparison.Ordinal)),
        ("domain, defanged", static number => IndicatorList.Domain(number).Replace(".", "[.]", StringComparison.Ordinal)),
        ("URL, defanged", static number => IndicatorList.Url(number).Replace("http", "hxxp", StringComparison.Ordinal).Replace(".", "[.]", StringComparison.Ordinal)),
        ("SHA-256, upper case", static number => IndicatorList.Sha256(number).ToUpperInvariant()),
        ("a word, refused", static number => string.Create(CultureInfo.InvariantCulture, $"attachment-{number}")),
    ];

    internal static int Run(Options options)
    {
        Machine.Describe();
        int rounds = options.Whole("rounds", 5);
        (string Name, string[] Tokens)[] sets =
        [
            .. Kinds.Select(static kind => (kind.Name, Enumerable.Range(1, Tokens).Select(kind.Token).ToArray())),
            ("a list as responders have it", [.. IndicatorList.Mixed(Tokens)]),
        ];
        Table table = new("token", "million a second (spread)", "of the target", "bytes a token");
        foreach ((string name, string[] tokens) in sets)
        {
            Usage[] all = [.. Enumerable.Range(0, rounds + 2).Select(_ => Usage.Of(() => ParseAll(tokens))).Skip(2)];
            Spread rate = Spread.Of(all.Select(static usage => Tokens / usage.Processor.TotalSeconds / 1e6));
            table.Add(
                name,
                rate.ToString("0.00"),
                string.Create(CultureInfo.InvariantCulture, $"{rate.Median * 1e6 / Target:0.0}×"),
                string.Create(CultureInfo.InvariantCulture, $"{all.Min(static usage => usage.Allocated) / (double)Tokens:0}"));
        }

        table.Print();
        return 0;
    }

    private static int ParseAll(string[] tokens)
    {
        int read = 0;
        foreach (string token in tokens)
        {
            read += IndicatorParser.TryParse(token, out Indicator? _) ? 1 : 0;
        }

        return read;
    }
}
