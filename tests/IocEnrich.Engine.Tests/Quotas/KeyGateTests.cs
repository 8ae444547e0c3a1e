using IocEnrich.Engine.Quotas;
using Microsoft.Extensions.Time.Testing;

namespace IocEnrich.Engine.Tests.Quotas;

/// <summary>The gate itself, one permit at a time.</summary>
public sealed class KeyGateTests
{
    private static readonly QuotaLimits One = new() { RequestsPerMinute = 1, RequestsPerDay = 1 };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_request_that_was_not_needed_gives_back_its_place_in_the_minute_and_in_the_day()
    {
        KeyGate gate = new(_time);
        Permit first = (await EnterAsync(gate)).Permit!;
        first.End(RequestEnd.NotNeeded);

        Admission second = await EnterAsync(gate);

        Assert.NotNull(second.Permit);
        second.Permit.End(RequestEnd.Answered);
        Assert.Equal(EnrichmentErrorKind.QuotaExceeded, (await EnterAsync(gate)).Refusal?.Kind);
    }

    [Fact]
    public async Task An_answer_to_what_was_sent_before_a_refusal_does_not_end_it_and_after_the_pause_one_request_finds_out()
    {
        KeyGate gate = new(_time);
        Permit[] sent = [(await EnterAsync(gate, QuotaLimits.None)).Permit!, (await EnterAsync(gate, QuotaLimits.None)).Permit!];
        sent[0].End(RequestEnd.TooMany, new EnrichmentError(EnrichmentErrorKind.QuotaExceeded, "Too many."), TimeSpan.FromSeconds(17));
        sent[1].End(RequestEnd.Answered);
        Task<Admission>[] waiting = [EnterAsync(gate, QuotaLimits.None), EnterAsync(gate, QuotaLimits.None), EnterAsync(gate, QuotaLimits.None)];

        _time.Advance(TimeSpan.FromSeconds(17));

        Admission probe = await await Task.WhenAny(waiting);
        Assert.Equal(2, gate.Activity.Waiting);
        probe.Permit!.End(RequestEnd.Answered);
        Assert.All(await Task.WhenAll(waiting), static admission => Assert.NotNull(admission.Permit));
    }

    private static Task<Admission> EnterAsync(KeyGate gate, QuotaLimits? limits = null) =>
        gate.EnterAsync(new WaitingLine(), limits ?? One, isRetry: false, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
