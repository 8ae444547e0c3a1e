namespace IocEnrich.Engine.Store;

/// <summary>Which answer: a service's, for one indicator.</summary>
/// <param name="Service">The row of the service.</param>
/// <param name="Type">The indicator's type.</param>
/// <param name="Indicator">The canonical indicator.</param>
internal readonly record struct AnswerKey(long Service, IndicatorType Type, string Indicator);
