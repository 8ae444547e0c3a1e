using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>What a job knows already, and where it keeps what it learns: one service's answers in a store, as far as they are fresh enough.</summary>
public sealed class JobCache
{
    private readonly ResultCache _store;
    private readonly string _provider;
    private readonly StoredService _service;
    private readonly VerdictThresholds _thresholds;
    private readonly bool _withReport;

    /// <param name="store">The store.</param>
    /// <param name="provider">The name of who is asked, as it stands on results.</param>
    /// <param name="endpoint">Where it is asked.</param>
    /// <param name="ages">How old an answer may be.</param>
    /// <param name="thresholds">What opinions add up to: an answer that was kept gets its verdict when it is read.</param>
    /// <param name="withReport">Whether whole reports are wanted. An answer without one is not enough then.</param>
    /// <exception cref="StoreUnusableException">The store cannot be read.</exception>
    public JobCache(ResultCache store, string provider, Uri endpoint, CacheFreshness ages, VerdictThresholds thresholds, bool withReport = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(ages);
        _store = store;
        _provider = provider;
        _service = store.Service(provider, endpoint.AbsoluteUri.TrimEnd('/'));
        _thresholds = thresholds;
        _withReport = withReport;
        Ages = ages;
    }

    /// <summary>How old an answer may be.</summary>
    internal CacheFreshness Ages { get; }

    /// <summary>Why the store is not used any more; <see langword="null"/> so long as it is.</summary>
    internal string? Problem => _store.Problem;

    /// <summary>The answer for an indicator, where one is known that is fresh enough.</summary>
    internal CachedResult? Find(Indicator indicator)
    {
        CachedResult? answer = _store.Find(KeyOf(indicator), _provider, _thresholds, _withReport);
        if (answer is null
            || (_withReport && answer.Report is null && answer.Result.Status == EnrichmentStatus.Found)
            || answer.Result.RetrievedAt is not { } time
            || !Ages.AreFresh(answer.Result.Status, time, _store.Now))
        {
            return null;
        }

        _store.Hit();
        return answer.Result.FromCache ? answer : answer with { Result = Known(answer.Result) };
    }

    /// <summary>Keeps an answer. It is known from now on, and on the disk soon.</summary>
    internal ValueTask KeepAsync(Indicator indicator, EnrichmentResult answer, RawReport? report) =>
        _store.AddAsync(KeyOf(indicator), new CachedResult(answer, report));

    /// <summary>Ends when all that was kept is on the disk, or never will be because the store has failed.</summary>
    internal Task FlushAsync() => _store.FlushAsync();

    private CacheKey KeyOf(Indicator indicator) => new(_service, indicator.Type, indicator.Value);

    // One that is still on its way to the disk, from another job that may judge otherwise.
    private EnrichmentResult Known(EnrichmentResult result) => result with
    {
        FromCache = true,
        Requests = 0,
        Verdict = result.Malicious is { } malicious
            ? new DetectionCounts(malicious, result.Suspicious ?? 0, result.Harmless ?? 0, result.Undetected ?? 0).ToVerdict(_thresholds)
            : result.Verdict,
    };
}
