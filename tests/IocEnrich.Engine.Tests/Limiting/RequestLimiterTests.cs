using IocEnrich.Engine.Limiting;
using IocEnrich.Engine.Providers;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Limiting;

/// <summary>The gate itself, one permit at a time.</summary>
public sealed class RequestLimiterTests
{
    private static readonly QuotaLimits One = new() { RequestsPerMinute = 1, RequestsPerDay = 1 };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_request_that_was_not_needed_gives_back_its_place_in_the_minute_and_in_the_day()
    {
        RequestLimiter gate = new(_time);
        RequestLease first = (await EnterAsync(gate)).RequestLease!;
        first.Return();

        LeaseResult second = await EnterAsync(gate);

        Assert.NotNull(second.RequestLease);
        second.RequestLease.End();
        Assert.Equal(EnrichmentErrorKind.QuotaExceeded, (await EnterAsync(gate)).Refusal?.Kind);
    }

    [Fact]
    public async Task An_answer_to_what_was_sent_before_a_refusal_does_not_end_it_and_after_the_pause_one_request_finds_out()
    {
        RequestLimiter gate = new(_time);
        RequestLease[] sent = [(await EnterAsync(gate, QuotaLimits.None)).RequestLease!, (await EnterAsync(gate, QuotaLimits.None)).RequestLease!];
        sent[0].End(new LookupFailure(new EnrichmentError(EnrichmentErrorKind.QuotaExceeded, "Too many."), FailureScope.Throttled) { RetryAfter = TimeSpan.FromSeconds(17) });
        sent[1].End();
        Task<LeaseResult>[] waiting = [EnterAsync(gate, QuotaLimits.None), EnterAsync(gate, QuotaLimits.None), EnterAsync(gate, QuotaLimits.None)];

        _time.Advance(TimeSpan.FromSeconds(17));

        LeaseResult probe = await await Task.WhenAny(waiting);
        Assert.Equal(2, gate.Activity.Waiting);
        probe.RequestLease!.End();
        Assert.All(await Task.WhenAll(waiting), static admission => Assert.NotNull(admission.RequestLease));
    }

    private static Task<LeaseResult> EnterAsync(RequestLimiter gate, QuotaLimits? limits = null) =>
        gate.EnterAsync(new RequestQueue(limits ?? One), isRetry: false, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
