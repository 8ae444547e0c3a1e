using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace IocEnrich.Benchmarks.Hot;

/// <summary>The paths that every indicator takes, one by one.</summary>
internal static class HotPaths
{
    internal static Type[] All { get; } =
    [
        typeof(ParseBenchmarks), typeof(ExtractBenchmarks), typeof(AnswerBenchmarks), typeof(OrchestratorBenchmarks), typeof(ResultBufferBenchmarks),
        typeof(StoreReadBenchmarks), typeof(StoreWriteBenchmarks),
    ];

    // In this process: the default toolchain would build a project for each run, which needs minutes and a package source.
    // It logs what the benchmarks write: one that fails says why.
    internal static IConfig Config { get; } = ManualConfig.CreateEmpty()
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(10).WithId("InProcess"))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .HideColumns(Column.Job, Column.Toolchain, Column.IterationCount, Column.LaunchCount, Column.WarmupCount, Column.Error, Column.Gen0, Column.Gen1, Column.Gen2)
        .AddExporter(MarkdownExporter.Console)
        .AddLogger(ConsoleLogger.Default)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "IocEnrich.Benchmarks"));
}
