namespace IocEnrich.Engine.Store;

/// <summary>A service whose answers are kept.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Checksum">What its provider and endpoint add up to.</param>
internal readonly record struct StoredService(long Id, long Checksum);

/// <summary>Which answer: a service's, for one indicator.</summary>
/// <param name="Service">The service.</param>
/// <param name="Type">The indicator's type.</param>
/// <param name="Indicator">The canonical indicator.</param>
internal readonly record struct AnswerKey(StoredService Service, IndicatorType Type, string Indicator);
