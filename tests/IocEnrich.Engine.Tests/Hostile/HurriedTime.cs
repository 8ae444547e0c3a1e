using System.Diagnostics;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>A clock that goes a hundred times faster, so that pauses of minutes are ones of seconds. The rules stay the same.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Speed = 100;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;

    public override long TimestampFrequency => Stopwatch.Frequency;

    public override long GetTimestamp() => _start + ((Stopwatch.GetTimestamp() - _start) * Speed);

    public override DateTimeOffset GetUtcNow() => _startedAt + Stopwatch.GetElapsedTime(_start, GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HurriedTimer(System.CreateTimer(callback, state, Hurry(dueTime), Hurry(period)));

    private static TimeSpan Hurry(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Speed;

    private sealed class HurriedTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Hurry(dueTime), Hurry(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
