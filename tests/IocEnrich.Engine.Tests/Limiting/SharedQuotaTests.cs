using IocEnrich.Engine.Ledger;
using IocEnrich.Engine.Limiting;
using IocEnrich.Engine.Providers;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Limiting;

/// <summary>Processes that know of each other by the ledger's file only, on a fake clock.</summary>
public sealed class SharedQuotaTests : IDisposable
{
    private readonly LedgerMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(4, 0)]
    [InlineData(60, 300)]
    [InlineData(1_000, 40)]
    [InlineData(6_000, 0)]
    public void Eight_processes_keep_one_limit_and_leave_nothing_of_it(int limit, int latency)
    {
        _machine.Latency = TimeSpan.FromMilliseconds(latency);
        QuotaLimits limits = new() { RequestsPerMinute = limit, RequestsPerDay = 0 };
        LedgerProcess[] processes = [.. Enumerable.Range(0, 8).Select(_ => _machine.StartProcess().Ask(limit, limits, throttleLimit: 16))];

        TimeSpan passed = _machine.RunUntil(processes);

        Assert.Equal(8 * limit, _machine.Sent);
        Assert.True(_machine.LargestWindow() <= limit, $"There were {_machine.LargestWindow()} in a window.");
        Assert.InRange(passed, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(7 / 0.95));
        Assert.All(processes, static process => Assert.Null(process.Limiter.LedgerProblem));
    }

    [Fact]
    public void A_process_that_starts_after_another_has_ended_finds_its_requests_in_the_window()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 4, RequestsPerDay = 0 };
        _machine.RunUntil(_machine.StartProcess().Ask(3, limits));
        _machine.Run(TimeSpan.FromSeconds(20));

        TimeSpan passed = _machine.RunUntil(_machine.StartProcess().Ask(4, limits));

        Assert.Equal(4, _machine.LargestWindow());
        Assert.InRange(passed, TimeSpan.FromSeconds(39), TimeSpan.FromSeconds(41));
    }

    [Fact]
    public void The_budget_of_a_day_holds_across_processes_and_restarts_and_is_renewed_with_the_day()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 0, RequestsPerDay = 500 };
        _machine.RunUntil(_machine.StartProcess().Ask(200, limits), _machine.StartProcess().Ask(200, limits));
        LedgerProcess late = _machine.StartProcess().Ask(200, limits);
        _machine.RunUntil(late);
        LedgerProcess last = _machine.StartProcess().Ask(1, limits);
        _machine.RunUntil(last);

        Assert.InRange(_machine.Sent, 495, 500);
        foreach (LedgerProcess spent in new[] { late, last })
        {
            Assert.Equal(EnrichmentErrorKind.QuotaExceeded, spent.Refusal?.Kind);
            Assert.Contains("2026-11-24 00:00 UTC", spent.Refusal!.Message, StringComparison.Ordinal);
        }

        _machine.Time.SetUtcNow(new DateTimeOffset(2026, 11, 24, 0, 0, 1, TimeSpan.Zero));
        LedgerProcess tomorrow = _machine.StartProcess().Ask(1, limits);
        _machine.RunUntil(tomorrow, last.Ask(1, limits));
        Assert.Equal((1, null), (tomorrow.Answered, tomorrow.Refusal));
        Assert.Equal((1, null), (last.Answered, last.Refusal));
    }

    [Fact]
    public void What_waits_out_a_pause_goes_on_though_more_was_wanted_than_the_limit_holds()
    {
        IQuotaLedger? book = null;
        _machine.StartProcess(ledger: its => book = its);
        RequestLimiter gate = new(_machine.Time);
        gate.Attach(book!);
        QuotaLimits limits = new() { RequestsPerMinute = 4, RequestsPerDay = 0 };
        RequestQueue queue = new(limits);
        Task<LeaseResult>[] entering = [.. Enumerable.Range(0, 5).Select(_ => gate.EnterAsync(queue, isRetry: false, CancellationToken.None).AsTask())];
        AwaitAdmitted(4);
        RequestLease[] permits = [.. entering.Where(static task => task.IsCompleted).Select(static task => task.Result.RequestLease!)];

        // One is asked to wait, the others were not sent: their places are free again, but nobody may use them before the pause is over.
        permits[0].End(new LookupFailure(new EnrichmentError(EnrichmentErrorKind.QuotaExceeded, "Too many."), FailureScope.Throttled) { RetryAfter = TimeSpan.FromSeconds(5) });
        Array.ForEach(permits[1..], static permit => permit.End(new LookupFailure(new EnrichmentError(EnrichmentErrorKind.Network, "No connection."), FailureScope.Passing) { MayHaveArrived = false }));
        Run(TimeSpan.FromSeconds(4));
        Assert.Single(entering, static task => !task.IsCompleted);
        Run(TimeSpan.FromSeconds(2));
        AwaitAdmitted(5);

        void Run(TimeSpan time)
        {
            for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += LedgerMachine.Step)
            {
                _machine.Time.Advance(LedgerMachine.Step);
                Assert.True(SpinWait.SpinUntil(() => !gate.Activity.IsExchanging, TimeSpan.FromSeconds(30)));
            }
        }

        void AwaitAdmitted(int count) =>
            Assert.True(SpinWait.SpinUntil(() => entering.Count(static task => task.IsCompletedSuccessfully) == count, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_session_without_limits_is_counted_all_the_same()
    {
        _machine.RunUntil(_machine.StartProcess().Ask(40, QuotaLimits.None));
        _machine.Run(TimeSpan.FromSeconds(2));

        LedgerProcess limited = _machine.StartProcess().Ask(10, new QuotaLimits { RequestsPerMinute = 0, RequestsPerDay = 45 });
        _machine.RunUntil(limited);

        Assert.Equal((5, EnrichmentErrorKind.QuotaExceeded), (limited.Answered, limited.Refusal?.Kind));
    }

    [Fact]
    public void Permits_that_a_process_does_not_use_go_to_the_others()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 2_000, RequestsPerDay = 0 };
        LedgerProcess idle = _machine.StartProcess().Ask(1, limits);
        _machine.RunUntil(idle);
        LedgerProcess busy = _machine.StartProcess().Ask(1_999, limits);

        TimeSpan passed = _machine.RunUntil(busy);

        Assert.True(passed < TimeSpan.FromSeconds(5), $"It took {passed}.");
        Assert.Equal(2_000, _machine.LargestWindow());
    }

    [Fact]
    public void The_places_of_a_process_that_was_killed_are_free_a_window_after_it_was_given_up()
    {
        // It dies with four requests under way, and is not heard of again: its clock stands still.
        QuotaLimits limits = new() { RequestsPerMinute = 4, RequestsPerDay = 0 };
        _machine.Latency = TimeSpan.FromSeconds(10);
        FakeTimeProvider stopped = LedgerMachine.NewClock();
        _machine.StartProcess(stopped).Ask(4, limits);
        _machine.Run(LedgerMachine.Step);
        _machine.Latency = TimeSpan.Zero;

        TimeSpan passed = _machine.RunUntil(_machine.StartProcess().Ask(4, limits));

        Assert.Equal((8, 4), (_machine.Sent, _machine.LargestWindow()));
        Assert.InRange(passed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(77));
    }

    [Fact]
    public void A_process_that_slept_asks_anew_before_it_sends()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 2_000, RequestsPerDay = 0 };
        FakeTimeProvider sleeping = LedgerMachine.NewClock();
        LedgerProcess sleeper = _machine.StartProcess(sleeping).Ask(1, limits);
        _machine.Run(LedgerMachine.Step);

        // It fell asleep with permits in hand; meanwhile it was taken for dead, and the others have used up the window.
        _machine.Run(TimeSpan.FromSeconds(80));
        _machine.RunUntil(_machine.StartProcess().Ask(2_000, limits));
        sleeping.SetUtcNow(_machine.Time.GetUtcNow());
        sleeper.Ask(100, limits);
        _machine.Settle();

        Assert.Equal(2_001, _machine.Sent);
        _machine.Run(TimeSpan.FromSeconds(61));
        sleeping.SetUtcNow(_machine.Time.GetUtcNow());
        _machine.RunUntil(sleeper);
        Assert.Equal((2_101, 2_000), (_machine.Sent, _machine.LargestWindow()));
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_the_places_for_a_window_and_no_longer()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 4, RequestsPerDay = 0 };
        _machine.RunUntil(_machine.StartProcess().Ask(4, limits));
        _machine.Time.AdjustTime(_machine.Time.GetUtcNow() - TimeSpan.FromMinutes(30));

        TimeSpan passed = _machine.RunUntil(_machine.StartProcess().Ask(4, limits));

        Assert.InRange(passed, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(62));
    }

    [Fact]
    public void A_ledger_that_fails_is_named_once_and_the_quota_of_the_process_goes_on()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 4, RequestsPerDay = 0 };
        FailingLedger? failing = null;
        LedgerProcess process = _machine.StartProcess(ledger: ledger => failing = new FailingLedger(ledger)).Ask(24, limits);
        _machine.Run(TimeSpan.FromSeconds(70));
        failing!.Fails = true;
        _machine.Run(TimeSpan.FromSeconds(100));

        Assert.Contains("The disk is full.", process.Limiter.LedgerProblem, StringComparison.Ordinal);
        Assert.InRange(failing.Attempts, 2, 6);
        failing.Fails = false;
        TimeSpan rest = _machine.RunUntil(process);

        Assert.Equal((24, 4), (_machine.Sent, _machine.LargestWindow()));
        Assert.InRange(rest, TimeSpan.FromSeconds(125), TimeSpan.FromSeconds(135));

        // What happened meanwhile was told later, so others find it.
        _machine.RunUntil(_machine.StartProcess().Ask(4, limits));
        Assert.Equal(4, _machine.LargestWindow());
        Assert.Equal(28, _machine.StartProcess().Limiter.ReadUsage()!.UsedToday);
    }

    [Fact]
    public void Usage_counts_all_processes_and_not_what_they_only_hold_in_reserve()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 2_000, RequestsPerDay = 0 };
        _machine.RunUntil(_machine.StartProcess().Ask(7, limits));
        LedgerProcess process = _machine.StartProcess().Ask(3, limits);
        _machine.RunUntil(process);
        _machine.Run(TimeSpan.FromSeconds(1));

        Assert.Equal(new LedgerUsage(10, 10, new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero)), process.Limiter.ReadUsage());
        _machine.Run(TimeSpan.FromSeconds(61));
        Assert.Equal(0, process.Limiter.ReadUsage()!.UsedInWindow);
    }

    [Fact]
    public void A_process_that_ends_leaves_nothing_in_hand()
    {
        QuotaLimits limits = new() { RequestsPerMinute = 2_000, RequestsPerDay = 0 };
        LedgerProcess process = _machine.StartProcess().Ask(1, limits);
        _machine.RunUntil(process);
        process.Limiter.Settle();

        LedgerUsage usage = _machine.StartProcess().Limiter.ReadUsage()!;

        Assert.Equal((1, 1), (usage.UsedInWindow, usage.UsedToday));
    }

    private sealed class FailingLedger(IQuotaLedger ledger) : IQuotaLedger
    {
        internal bool Fails { get; set; }

        internal int Attempts { get; private set; }

        public LedgerReply Exchange(LedgerReport report)
        {
            if (!Fails)
            {
                return ledger.Exchange(report);
            }

            Attempts++;
            throw new IOException("The disk is full.");
        }

        public (int InWindow, int Today) Read() => ledger.Read();
    }
}
