using IocEnrich.Engine.Providers;

namespace IocEnrich.Benchmarks.Work;

/// <summary>Answers at once, so that what is left is the house's own cost.</summary>
internal sealed class InstantProvider : IIndicatorProvider
{
    public string Name => "Instant";

    public ValueTask<LookupOutcome> LookUpAsync(Indicator indicator, CancellationToken cancellationToken) =>
        ValueTask.FromResult(LookupOutcome.Answered(new EnrichmentResult
        {
            Indicator = indicator.Value,
            Type = indicator.Type,
            Status = EnrichmentStatus.Found,
            Verdict = Verdict.Harmless,
            Requests = 1,
            Provider = Name,
        }));
}
