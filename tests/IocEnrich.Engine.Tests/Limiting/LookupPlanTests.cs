using IocEnrich.Engine.Forecasting;
using IocEnrich.Engine.Limiting;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Tests.Limiting;

public sealed class LookupPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Within_the_minute_all_go_at_once()
    {
        LookupEstimate plan = Plan(4);

        Assert.Equal((TimeSpan.Zero, Now, 4, 1), (plan.Duration, plan.FinishBy, plan.Today, plan.Runs));
        Assert.Equal("4 lookups can be sent now, as fast as the service answers (4 a minute and 500 a day).", plan.ToString());
    }

    [Fact]
    public void Beyond_it_each_minute_has_its_burst()
    {
        LookupEstimate plan = Plan(41);

        Assert.Equal((TimeSpan.FromMinutes(10), 41, 1), (plan.Duration, plan.Today, plan.Runs));
        Assert.Equal("41 lookups take 10 min 0 s at 4 a minute and 500 a day: until 2026-11-23 22:10 UTC.", plan.ToString());
    }

    [Fact]
    public void A_job_goes_on_over_midnight_and_a_budget_that_is_used_up_ends_it()
    {
        // Two hours at 4 a minute are 480, with the day's 500 not used up; then 500 a day.
        LookupEstimate plan = Plan(1000);

        Assert.Equal((480, 2), (plan.Today, plan.Runs));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 0, 4, 0, TimeSpan.Zero), plan.FinishBy);
        Assert.Contains("1 day 2 h", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("480 of them today", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("start the same list 2 times: now, and again after 00:00 UTC.", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_used_today_is_not_there_any_more_and_a_spent_day_is_no_run()
    {
        LookupEstimate plan = Plan(501, left: 0);

        Assert.Equal((0, 2, new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero)), (plan.Today, plan.Runs, plan.FinishBy));
    }

    [Fact]
    public void Where_the_service_knows_of_less_that_counts_and_so_does_the_group()
    {
        ProviderQuota service = new(
            Hour: new QuotaUsage(60, 0),
            Day: new QuotaUsage(500, 490) { Group = new QuotaUsage(300, 298) },
            Month: null,
            Now);

        LookupEstimate plan = Plan(10, service: service);

        Assert.Equal("1 a minute and 300 a day", plan.Limits);
        Assert.Equal((2, 2), (plan.Today, plan.Runs));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 7, 0, TimeSpan.Zero), plan.FinishBy);
    }

    [Fact]
    public void A_month_that_is_used_up_is_waited_for()
    {
        ProviderQuota service = new(Hour: null, Day: new QuotaUsage(500, 0), Month: new QuotaUsage(15_500, 15_499), Now);

        LookupEstimate plan = Plan(3, service: service);

        Assert.Equal((1, 2, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)), (plan.Today, plan.Runs, plan.FinishBy));
    }

    [Fact]
    public void Without_limits_nothing_waits()
    {
        LookupEstimate plan = LookupPlan.Of(100_000_000, View(QuotaLimits.None, null), null, Now);

        Assert.Equal((TimeSpan.Zero, "no limit", 1), (plan.Duration, plan.Limits, plan.Runs));
    }

    [Fact]
    public void What_nobody_will_see_has_no_date()
    {
        LookupEstimate plan = LookupPlan.Of(100_000_000, View(new QuotaLimits { RequestsPerMinute = 1, RequestsPerDay = 1 }, 1), null, Now);

        Assert.Null(plan.FinishBy);
        Assert.Equal("100,000,000 lookups would take more than a hundred years at 1 a minute and 1 a day.", plan.ToString());
    }

    private static LookupEstimate Plan(int count, int left = 500, ProviderQuota? service = null) => LookupPlan.Of(count, View(new QuotaLimits(), left), service, Now);

    private static QuotaSnapshot View(QuotaLimits limits, int? left) => new()
    {
        Limits = limits,
        LeftToday = left,
        DayEnds = Now.AddHours(2),
        Room = limits.RequestsPerMinute == 0 ? int.MaxValue : limits.RequestsPerMinute,
        NextAt = Now.AddMinutes(1),
    };
}
