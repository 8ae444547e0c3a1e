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

    private static async Task<Admission> EnterAsync(KeyGate gate) =>
        await gate.EnterAsync(new WaitingLine(), One, isRetry: false, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
