using BenchmarkDotNet.Attributes;
using IocEnrich.Benchmarks.Work;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>Log text of a million characters, in memory: microseconds here are seconds a terabyte.</summary>
public class ExtractBenchmarks
{
    private const int Length = 1_000_000;

    private string _dense = "";
    private string _sparse = "";

    [GlobalSetup]
    public void Setup()
    {
        _dense = LogText.Dense(Length);
        _sparse = LogText.Sparse(Length);
    }

    [Benchmark]
    public int Dense() => IndicatorExtractor.Extract(_dense).Count;

    [Benchmark]
    public int Sparse() => IndicatorExtractor.Extract(_sparse).Count;
}
