namespace IocEnrich.Engine.Caching;

/// <summary>An answer as the store has it.</summary>
/// <param name="Result">The answer, Found or NotFound.</param>
/// <param name="Report">The body it was read from, where there was one and it was asked for.</param>
/// <param name="ReaderVersion">The version of the provider's reader that has read the result.</param>
internal sealed record CachedResult(EnrichmentResult Result, RawReport? Report, int ReaderVersion);
