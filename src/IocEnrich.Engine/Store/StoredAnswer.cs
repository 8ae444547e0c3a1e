namespace IocEnrich.Engine.Store;

/// <summary>Which answer: a service's, for one indicator.</summary>
/// <param name="Service">The row of the service.</param>
/// <param name="Type">The indicator's type.</param>
/// <param name="Indicator">The canonical indicator.</param>
internal readonly record struct AnswerKey(long Service, IndicatorType Type, string Indicator);

/// <summary>An answer as the store has it.</summary>
/// <param name="Result">The answer, Found or NotFound.</param>
/// <param name="Report">The body it was read from, where there was one and it was asked for.</param>
internal sealed record StoredAnswer(EnrichmentResult Result, RawReport? Report);
