using BenchmarkDotNet.Attributes;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>One token, plain and defanged.</summary>
public class ParseBenchmarks
{
    [Params(
        "198.51.100.7",
        "2001:db8::1",
        "www.evil.com",
        "http://www.evil.com/a/b.php?c=d",
        "d41d8cd98f00b204e9800998ecf8427e",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "CVE-2021-44228",
        "bob@evil.com",
        "WWW.EVIL.COM",
        "198[.]51[.]100[.]7",
        "hxxps://www[.]evil[.]com/a",
        "\"evil(dot)com\",",
        "kernel32.dll",
        "just some words")]
    public string Token { get; set; } = "";

    [Benchmark]
    public bool Parse() => IndicatorParser.TryParse(Token, out Indicator? _);
}
