using BenchmarkDotNet.Attributes;
using IocEnrich.Engine.Orchestration;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>A job's output path.</summary>
public class ResultBufferBenchmarks
{
    private const int Results = 10_000;

    private readonly EnrichmentResult _result = new() { Indicator = "evil.com", Type = IndicatorType.Domain, Status = EnrichmentStatus.Found };

    /// <summary>Somebody receives as fast as results come.</summary>
    [Benchmark(OperationsPerInvoke = Results)]
    public int AddAndTakeInTurns()
    {
        ResultBuffer buffer = new();
        int taken = 0;
        for (int number = 0; number < Results; number++)
        {
            buffer.TryAdd(_result);
            taken += buffer.TryTake(out _) ? 1 : 0;
        }

        return taken;
    }

    /// <summary>Somebody receives when all is there.</summary>
    [Benchmark(OperationsPerInvoke = Results)]
    public int AddAllAndTakeAll()
    {
        ResultBuffer buffer = new();
        for (int number = 0; number < Results; number++)
        {
            buffer.TryAdd(_result);
        }

        int taken = 0;
        while (buffer.TryTake(out _))
        {
            taken++;
        }

        return taken;
    }
}
