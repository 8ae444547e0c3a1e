namespace IocEnrich.Model.Tests;

/// <summary>What the tables of the parser's tests say.</summary>
internal static class Recognised
{
    public static void As(IndicatorType type, string value, string text)
    {
        Assert.True(IndicatorParser.TryParse(text, out Indicator? indicator, out string? reason), reason);
        Assert.Equal((type, value), (indicator.Type, indicator.Value));
    }

    public static void AsNothing(string text, string reason)
    {
        Assert.False(IndicatorParser.TryParse(text, out Indicator? indicator, out string? sentence), indicator?.Value);
        Assert.Contains(reason, sentence, StringComparison.Ordinal);
        Assert.StartsWith("\"", sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }
}
