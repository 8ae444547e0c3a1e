using IocEnrich.Engine.Providers;
using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Caching;

/// <summary>The cache of a job: the answers of one service, as far as they are fresh enough. New answers are stored in it.</summary>
public sealed class JobCache
{
    private readonly ResultCache _store;
    private readonly StoredService _service;
    private readonly CacheTerms _terms;

    /// <param name="provider">The service to query.</param>
    /// <param name="endpoint">Where it is asked.</param>
    /// <param name="freshness">How old an answer may be.</param>
    /// <param name="thresholds">What opinions add up to: an answer that was kept gets its verdict when it is read.</param>
    /// <param name="withReport">Whether whole reports are wanted. An answer without one is not enough then.</param>
    /// <exception cref="StoreUnusableException">The store cannot be read.</exception>
    public JobCache(ResultCache store, ProviderDefinition provider, Uri endpoint, CacheFreshness freshness, VerdictThresholds thresholds, bool withReport = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(freshness);
        _store = store;
        _service = store.Service(provider.Name, endpoint.AbsoluteUri.TrimEnd('/'));
        _terms = new CacheTerms(provider, thresholds, withReport);
        Freshness = freshness;
    }

    /// <summary>How old an answer may be.</summary>
    internal CacheFreshness Freshness { get; }

    /// <summary>Why the store is not used any more; <see langword="null"/> so long as it is.</summary>
    internal string? Problem => _store.Problem;

    /// <summary>The answer for an indicator, where one is known that is fresh enough.</summary>
    internal CachedResult? Find(Indicator indicator)
    {
        CacheKey key = KeyOf(indicator);
        CachedResult? answer = _store.Find(key, _terms);
        if (answer is null
            || (_terms.WithReport && answer.Report is null && answer.Result.Status == EnrichmentStatus.Found)
            || answer.Result.RetrievedAt is not { } time
            || !Freshness.IsFresh(answer.Result.Status, time, _store.Now))
        {
            return null;
        }

        if (answer.ReaderVersion < _terms.Provider.ReaderVersion && answer.Report is { } report)
        {
            answer = ReadAgain(indicator, key, report, time);
        }
        else if (!answer.Result.FromCache)
        {
            // One that is still on its way to the disk, from another job that may judge otherwise.
            answer = answer with { Result = answer.Result with { Verdict = _terms.Provider.Judge(answer.Result, _terms.Thresholds), FromCache = true, Requests = 0 } };
        }

        if (answer is not null)
        {
            _store.Hit();
        }

        return answer;
    }

    /// <summary>Keeps an answer. It is known from now on, and on the disk soon.</summary>
    internal ValueTask KeepAsync(Indicator indicator, EnrichmentResult answer, RawReport? report) =>
        _store.AddAsync(KeyOf(indicator), new CachedResult(answer, report, _terms.Provider.ReaderVersion));

    /// <summary>Ends when all that was kept is on the disk, or never will be because the store has failed.</summary>
    internal Task FlushAsync() => _store.FlushAsync();

    /// <summary>Reads a report that an earlier version of the reader has read, so that a cached answer has all that a new one has.</summary>
    /// <returns><see langword="null"/> if this version makes nothing of it, so that it is looked up again.</returns>
    private CachedResult? ReadAgain(Indicator indicator, CacheKey key, RawReport report, DateTimeOffset retrievedAt)
    {
        // As with a new answer: one with a reservation is not kept.
        if (_terms.Provider.ReadReport(indicator, report, retrievedAt, _terms.Thresholds) is not { Status: EnrichmentStatus.Found, Reason: null } result)
        {
            return null;
        }

        CachedResult answer = new(result with { FromCache = true, Requests = 0 }, report, _terms.Provider.ReaderVersion);
        _store.Refresh(key, answer);
        return answer;
    }

    private CacheKey KeyOf(Indicator indicator) => new(_service, indicator.Type, indicator.Value);
}
