using IocEnrich.Engine.Forecasting;
using IocEnrich.Engine.Limiting;

namespace IocEnrich.Engine.Tests.Limiting;

/// <summary>What is left, the limits and the clock: when the last request can be sent, and how many cannot.</summary>
public sealed class QuotaForecastTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(2_000, 499)]
    public void Under_a_limit_of_four_a_minute_each_further_four_take_a_minute(int requests, int minutes)
    {
        QuotaForecast forecast = QuotaForecast.Of(requests, View(perMinute: 4, perDay: 0, room: 4), Noon);

        Assert.Equal((Noon.AddMinutes(minutes), 0), (forecast.At, forecast.Beyond));
    }

    [Fact]
    public void Without_any_limit_all_can_be_sent_at_once() =>
        Assert.Equal(new QuotaForecast(Noon, 0), QuotaForecast.Of(1_000_000, View(perMinute: 0, perDay: 0, room: int.MaxValue), Noon));

    [Fact]
    public void A_days_budget_that_is_used_up_before_midnight_ends_it_and_the_rest_is_not_asked()
    {
        QuotaForecast forecast = QuotaForecast.Of(10_000, View(perMinute: 4, perDay: 500, room: 4, leftToday: 480), Noon);

        Assert.Equal((Noon.AddMinutes(119), 9_520), (forecast.At, forecast.Beyond));
    }

    [Fact]
    public void Where_midnight_comes_first_the_next_days_budget_goes_on()
    {
        DateTimeOffset evening = Midnight.AddMinutes(-30);

        QuotaForecast covered = QuotaForecast.Of(500, View(perMinute: 4, perDay: 500, room: 4, leftToday: 500, now: evening), evening);
        QuotaForecast notCovered = QuotaForecast.Of(1_000, View(perMinute: 4, perDay: 500, room: 4, leftToday: 500, now: evening), evening);

        // 120 before midnight; then 380 of the next day, or all 500 of it.
        Assert.Equal((Midnight.AddMinutes(94), 0), (covered.At, covered.Beyond));
        Assert.Equal((Midnight.AddMinutes(124), 380), (notCovered.At, notCovered.Beyond));
    }

    [Fact]
    public void A_budget_that_no_day_uses_up_goes_on_for_days()
    {
        QuotaForecast forecast = QuotaForecast.Of(10_000, View(perMinute: 4, perDay: 100_000, room: 4, leftToday: 100_000), Noon);

        Assert.Equal((Noon.AddMinutes(2_499), 0), (forecast.At, forecast.Beyond));
    }

    [Fact]
    public void A_budget_without_a_pace_ends_it_at_once() =>
        Assert.Equal(
            new QuotaForecast(Noon, 70), QuotaForecast.Of(100, View(perMinute: 0, perDay: 500, room: int.MaxValue, leftToday: 30), Noon));

    private static QuotaSnapshot View(int perMinute, int perDay, int room, int? leftToday = null, DateTimeOffset? now = null) => new()
    {
        Limits = new QuotaLimits { RequestsPerMinute = perMinute, RequestsPerDay = perDay },
        LeftToday = leftToday,
        DayEnds = Midnight,
        Room = room,
        NextAt = (now ?? Noon).AddMinutes(1),
        Turns = 1,
    };
}
