namespace IocEnrich.Model.Tests.Results;

public sealed class DisplayTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 5, 30, TimeSpan.Zero);
    private static readonly TimeZoneInfo TwoHoursEast = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), "east", "east");

    [Fact]
    public void What_is_evidence_is_in_UTC_and_says_so_wherever_it_came_from()
    {
        Assert.Equal("2026-11-23 14:05 UTC", DisplayTime.Utc(Now.ToOffset(TimeSpan.FromHours(-5))));
        Assert.Equal("", DisplayTime.Utc(null));
    }

    [Theory]
    [InlineData(-1, "2026-11-23 14:05 UTC")]
    [InlineData(5, "2026-11-23 14:05 UTC (just now)")]
    [InlineData(90, "2026-11-23 14:04 UTC (90 seconds ago)")]
    [InlineData(3 * 86_400, "2026-11-20 14:05 UTC (3 days ago)")]
    public void A_date_says_how_long_ago_it_is(int secondsAgo, string shown) =>
        Assert.Equal(shown, DisplayTime.UtcWithAge(Now.AddSeconds(-secondsAgo), Now));

    [Theory]
    [InlineData(1, "1 second")]
    [InlineData(119, "119 seconds")]
    [InlineData(120, "2 minutes")]
    [InlineData(5 * 3600, "5 hours")]
    [InlineData(59 * 86_400, "59 days")]
    [InlineData(425 * 86_400, "13 months")]
    [InlineData(3_000 * 86_400, "8 years")]
    public void An_age_has_one_unit(int seconds, string shown) => Assert.Equal(shown, DisplayTime.Age(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.84, "0.8 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(600, "10 min")]
    [InlineData(7_500, "2 h 5 min")]
    [InlineData(99 * 3600, "4 d 3 h")]
    public void A_length_of_time_has_its_two_largest_units(double seconds, string shown) =>
        Assert.Equal(shown, DisplayTime.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "17:05")]
    [InlineData(9, "Tue 01:05")]
    [InlineData(24 * 6, "Sun 16:05")]
    [InlineData(24 * 8, "2026-12-01 16:05")]
    [InlineData(-48, "2026-11-21 16:05")]
    public void What_somebody_waits_for_is_on_their_own_clock(int hours, string shown) =>
        Assert.Equal(shown, DisplayTime.Clock(Now.AddHours(hours), Now, TwoHoursEast));
}
