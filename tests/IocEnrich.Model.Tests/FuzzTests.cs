using System.Globalization;

namespace IocEnrich.Model.Tests;

/// <summary>
/// Hostile input in quantity. <c>IOCENRICH_FUZZ_COUNT</c> and <c>IOCENRICH_FUZZ_SEED</c> make it longer or other (docs/indicators.md).
/// </summary>
public class FuzzTests
{
    private const int LongestReason = 400;

    private static readonly int Count = Setting("IOCENRICH_FUZZ_COUNT", 60_000);
    private static readonly int Seed = Setting("IOCENRICH_FUZZ_SEED", 20_240_601);

    [Fact]
    public void No_token_however_hostile_throws_and_each_is_an_indicator_or_has_a_reason()
    {
        FuzzInput input = new(Seed);
        for (int i = 0; i < Count; i++)
        {
            string token = input.Next(mostFragments: 12);
            try
            {
                CheckToken(token);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {Seed}, input {i}: {Escape(token)}", failure);
            }
        }
    }

    [Fact]
    public void No_text_however_hostile_throws_and_every_occurrence_stands_where_it_says()
    {
        FuzzInput input = new(Seed + 1);
        for (int i = 0; i < Count / 10; i++)
        {
            string text = input.Next(mostFragments: 60);
            try
            {
                CheckText(text);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {Seed + 1}, input {i}: {Escape(text)}", failure);
            }
        }
    }

    private static void CheckToken(string token)
    {
        if (!IndicatorParser.TryParse(token, out Indicator? indicator, out string? reason))
        {
            Assert.InRange(reason.Length, 1, LongestReason);
            Assert.Equal(reason, DisplayText.Clean(reason, LongestReason));
            Assert.False(IndicatorParser.TryParse(token, out indicator));
            return;
        }

        Assert.Null(reason);
        Assert.NotEqual(IndicatorType.Unknown, indicator.Type);
        Assert.Equal(indicator, Indicator.Parse(indicator.Value));
        Assert.Equal(indicator, Indicator.Parse(indicator.Defanged));
        Assert.True(IndicatorParser.TryParse(token.AsSpan(), out Indicator? fromSpan));
        Assert.Equal(indicator, fromSpan);
        LookupScope.OfAll("VirusTotal").Judge(indicator, out _);
    }

    private static void CheckText(string text)
    {
        IReadOnlyList<IndicatorOccurrence> occurrences = IndicatorExtractor.Extract(text);
        string[] lines = text.Split('\n');
        foreach (IndicatorOccurrence occurrence in occurrences)
        {
            string line = lines[(int)occurrence.Line - 1];
            Assert.Equal(occurrence.Text, line.Substring((int)occurrence.Column - 1, occurrence.Text.Length));
            if (occurrence.Text.AsSpan().IndexOfAny("%&\\=") < 0)
            {
                // What was decoded reads otherwise without the text round it.
                Assert.Equal(occurrence.Indicator, Indicator.Parse(occurrence.Text));
            }
        }
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : fallback;

    private static string Escape(string text) =>
        string.Concat(text.Select(static c => c is >= ' ' and < '\u007F' ? c.ToString() : $"\\u{(int)c:X4}"));
}
