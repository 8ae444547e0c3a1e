using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Orchestration;

/// <summary>
/// Lets fake time run as fast as the machine can, and no faster than the work: time moves only while the thread pool has nothing to do.
/// Tests that use it run alone, see <see cref="Alone"/>.
/// </summary>
internal static class FakeClock
{
    // So long nothing may happen on the pool for the threads in use to be taken for the test host's own.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(25);

    // The test host has threads of the pool in use all the time, for its own connections; how many, changes now and then.
    private static int s_threadsOfHost;

    /// <summary>Lets time run until a task is done. Returns how much of it passed.</summary>
    internal static TimeSpan RunUntil(this FakeTimeProvider time, Task done, TimeSpan step)
    {
        DateTimeOffset start = time.GetUtcNow();
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        AwaitQuiet(limit.Token);
        while (!done.IsCompleted)
        {
            time.Advance(step);
            AwaitQuiet(limit.Token);
        }

        return time.GetUtcNow() - start;
    }

    /// <summary>Waits until nothing runs or is about to run on the thread pool, the test host's own threads excepted.</summary>
    private static void AwaitQuiet(CancellationToken limit)
    {
        SpinWait spin = default;
        int threads = ThreadsInUse();
        long completed = ThreadPool.CompletedWorkItemCount;
        long since = Stopwatch.GetTimestamp();
        for (int quiet = 0; quiet < 3;)
        {
            limit.ThrowIfCancellationRequested();
            int threadsNow = ThreadsInUse();
            long completedNow = ThreadPool.CompletedWorkItemCount;
            bool isIdle = ThreadPool.PendingWorkItemCount == 0;
            if (!isIdle || threadsNow != threads || completedNow != completed)
            {
                (threads, completed, since) = (threadsNow, completedNow, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(since) >= Settled && NobodyElseRuns())
            {
                s_threadsOfHost = threads;
            }

            s_threadsOfHost = Math.Min(s_threadsOfHost, threadsNow);
            bool isQuiet = isIdle && threadsNow <= s_threadsOfHost;
            quiet = isQuiet ? quiet + 1 : 0;
            if (!isQuiet)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>
    /// Whether all other threads of the process wait for something. One that has work, and no core to do it on for the moment, does not:
    /// on a busy machine that can last longer than any guess.
    /// </summary>
    private static bool NobodyElseRuns()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Threads.Cast<ProcessThread>().Count(static thread => thread.ThreadState is System.Diagnostics.ThreadState.Running or System.Diagnostics.ThreadState.Ready) <= 1;
    }

    private static int ThreadsInUse()
    {
        ThreadPool.GetMaxThreads(out int most, out _);
        ThreadPool.GetAvailableThreads(out int available, out _);
        return most - available;
    }
}

/// <summary>Tests that need the process for themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    internal const string Name = "Alone";
}
