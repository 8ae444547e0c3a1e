namespace IocEnrich.Engine.Caching;

/// <summary>An answer as the store has it.</summary>
/// <param name="Result">The answer, Found or NotFound.</param>
/// <param name="Report">The body it was read from, where there was one and it was asked for.</param>
internal sealed record CachedResult(EnrichmentResult Result, RawReport? Report);
