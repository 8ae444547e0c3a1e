using System.Diagnostics;
using IocEnrich.Benchmarks.Work;

namespace IocEnrich.Engine.Tests.Emulator;

/// <summary>The timers of the emulator in the benchmarks, on the real clock: what is too early is a fault, and how late they are is for the benchmarks.</summary>
public sealed class PunctualTimeProviderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PunctualTimeProvider _time = new();

    [Fact]
    public async Task A_wait_is_not_shorter_than_it_was_asked_to_be()
    {
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async index =>
        {
            TimeSpan asked = TimeSpan.FromMilliseconds(index);
            await Task.Delay(asked, _time).WaitAsync(Patience);
            Assert.True(Stopwatch.GetElapsedTime(start) >= asked, $"{asked} was {Stopwatch.GetElapsedTime(start)}.");
        }));
    }

    [Fact]
    public async Task What_is_due_first_rings_first_whenever_it_was_set()
    {
        Task late = Task.Delay(TimeSpan.FromMinutes(10), _time);
        Task early = Task.Delay(TimeSpan.FromMilliseconds(1), _time);

        Assert.Same(early, await Task.WhenAny(early, late).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_timer_that_is_disposed_or_set_anew_does_not_ring_at_its_earlier_time()
    {
        TimeSpan earlier = TimeSpan.FromMilliseconds(100);
        bool wasInTime;
        do
        {
            int rings = 0;
            long start = Stopwatch.GetTimestamp();
            ITimer gone = _time.CreateTimer(_ => Interlocked.Increment(ref rings), null, earlier, Timeout.InfiniteTimeSpan);
            await gone.DisposeAsync();
            await using ITimer moved = _time.CreateTimer(_ => Interlocked.Increment(ref rings), null, earlier, Timeout.InfiniteTimeSpan);
            moved.Change(TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);

            // A machine that stood still meanwhile has let them ring, and rightly: once more.
            wasInTime = Stopwatch.GetElapsedTime(start) < earlier;
            await Task.Delay(earlier * 2, _time).WaitAsync(Patience);
            Assert.True(!wasInTime || rings == 0, $"They rang {rings} times.");
        }
        while (!wasInTime);
    }

    [Fact]
    public async Task A_timer_with_a_period_rings_again_and_again()
    {
        using SemaphoreSlim rung = new(0);
        await using ITimer timer = _time.CreateTimer(_ => rung.Release(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(2));

        for (int ring = 0; ring < 5; ring++)
        {
            Assert.True(await rung.WaitAsync(Patience));
        }
    }
}
