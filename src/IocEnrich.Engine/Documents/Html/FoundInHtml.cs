namespace IocEnrich.Engine.Documents.Html;

/// <summary>An indicator in the text that was made of HTML.</summary>
/// <param name="Text">The text that was read as one.</param>
internal readonly record struct FoundInHtml(Indicator Indicator, string Text, int Start);
