namespace IocEnrich;

/// <summary>An indicator and where it stands in the window of the text.</summary>
internal readonly record struct FoundText(Indicator Indicator, int Start, int Length);
