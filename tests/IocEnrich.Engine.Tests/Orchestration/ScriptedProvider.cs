using System.Collections.Concurrent;
using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Tests.Orchestration;

/// <summary>A provider that does what a test says, and remembers what it was asked.</summary>
internal sealed class ScriptedProvider(Func<Indicator, int, CancellationToken, ValueTask<LookupOutcome>> script) : IIndicatorProvider
{
    private readonly ConcurrentDictionary<string, int> _requests = new();
    private int _running;
    private int _mostAtOnce;

    public string Name => "Scripted";

    public LookupScope Scope { get; } = new(
        "Scripted", [.. Enum.GetValues<IndicatorType>().Except([IndicatorType.Unknown, IndicatorType.Cve, IndicatorType.Email])]);

    internal int MostAtOnce => _mostAtOnce;

    internal int Total => _requests.Values.Sum();

    /// <summary>Answers at once, the n-th request of an indicator as the script says.</summary>
    internal static ScriptedProvider Answering(Func<Indicator, int, LookupOutcome> script) =>
        new((indicator, attempt, _) => ValueTask.FromResult(script(indicator, attempt)));

    internal static LookupOutcome Found(Indicator indicator) => LookupOutcome.Answered(new EnrichmentResult
    {
        Indicator = indicator.Value,
        Type = indicator.Type,
        Status = EnrichmentStatus.Found,
        Verdict = Verdict.Harmless,
        Requests = 1,
    });

    internal static LookupOutcome Failing(FailureScope reach, EnrichmentErrorKind kind = EnrichmentErrorKind.ServiceFault, TimeSpan? retryAfter = null) =>
        LookupOutcome.Failed(new LookupFailure(new EnrichmentError(kind, $"It failed ({kind})."), reach) { RetryAfter = retryAfter });

    public async ValueTask<LookupOutcome> LookUpAsync(Indicator indicator, CancellationToken cancellationToken)
    {
        int attempt = _requests.AddOrUpdate(indicator.Value, 1, static (_, count) => count + 1);
        int running = Interlocked.Increment(ref _running);
        for (int most = _mostAtOnce; running > most; most = _mostAtOnce)
        {
            Interlocked.CompareExchange(ref _mostAtOnce, running, most);
        }

        try
        {
            return await script(indicator, attempt, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    internal int RequestsFor(string indicator) => _requests.GetValueOrDefault(indicator);
}
