using System.Diagnostics;

namespace IocEnrich.Benchmarks.Measuring;

/// <summary>What a piece of work took of this process.</summary>
/// <param name="Wall">How long it took.</param>
/// <param name="Processor">How long the cores worked for this process. Unlike the wall clock it is much the same on a busy machine.</param>
/// <param name="Allocated">Bytes of managed memory, whoever allocated them.</param>
internal readonly record struct Usage(TimeSpan Wall, TimeSpan Processor, long Allocated)
{
    internal static async Task<Usage> OfAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await work();
        return new Usage(
            Stopwatch.GetElapsedTime(start),
            Environment.CpuUsage.TotalTime - processor,
            GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    internal static Usage Of(Action work)
    {
        // The work runs before the first await: the task has ended by now.
        return OfAsync(() =>
        {
            work();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
    }
}
