using System.Globalization;

namespace VirusTotal.Emulator.Faults;

/// <summary>Durations as people write them: <c>200ms</c>, <c>5s</c>, <c>1.5m</c>; a number alone is milliseconds.</summary>
internal static class DurationText
{
    /// <exception cref="FormatException">The text is no duration.</exception>
    public static TimeSpan Parse(string text)
    {
        string digits = text.TrimEnd('m', 's');
        double milliseconds = text[digits.Length..] switch
        {
            "" or "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            _ => double.NaN,
        };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * milliseconds is >= 0 and <= int.MaxValue and double total
            ? TimeSpan.FromMilliseconds(total)
            : throw new FormatException($"\"{text}\" is not a duration such as 200ms or 5s.");
    }
}
