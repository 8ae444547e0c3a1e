using IocEnrich.Engine.Orchestration;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Orchestration;

public sealed class RateMeterTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void What_came_in_the_last_two_minutes_makes_the_rate_and_what_came_before_does_not()
    {
        RateMeter count = new(_time);
        Add(count, perSecond: 10, seconds: 300);
        Assert.InRange(count.PerMinute(isPaced: false), 590, 610);

        Add(count, perSecond: 1, seconds: 120);
        Assert.InRange(count.PerMinute(isPaced: false), 59, 61);

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, count.PerMinute(isPaced: false));
    }

    [Fact]
    public void At_the_beginning_the_time_so_far_is_what_counts()
    {
        RateMeter count = new(_time);
        Add(count, perSecond: 8, seconds: 3);

        Assert.Equal(480, count.PerMinute(isPaced: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(62)]
    [InlineData(119)]
    [InlineData(3_601)]
    public void A_burst_at_the_beginning_of_each_minute_is_never_taken_for_the_pace(int seconds)
    {
        RateMeter count = new(_time);
        for (int second = 0; second < seconds; second++)
        {
            if (second % 60 == 0)
            {
                Enumerable.Range(0, 4).ToList().ForEach(_ => count.Add());
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, count.PerMinute(isPaced: true));
    }

    private void Add(RateMeter count, int perSecond, int seconds)
    {
        for (int number = 0; number < perSecond * seconds; number++)
        {
            count.Add();
            _time.Advance(TimeSpan.FromSeconds(1) / perSecond);
        }
    }
}
