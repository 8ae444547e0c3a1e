using IocEnrich.Engine.Providers;

namespace IocEnrich.Engine.Caching;

/// <summary>How a job reads cached answers.</summary>
/// <param name="Provider">Who gave them.</param>
/// <param name="Thresholds">What opinions add up to: an answer gets its verdict when it is read.</param>
/// <param name="WithReport">Whether the whole report is wanted.</param>
internal sealed record CacheTerms(ProviderDefinition Provider, VerdictThresholds Thresholds, bool WithReport);
