using System.Globalization;

namespace VirusTotal.Emulator;

/// <summary>Reads numbers as people write them. What cannot be read is a <see cref="FormatException"/>.</summary>
internal static class Quantity
{
    public static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"\"{text}\" is not a whole number.");

    /// <summary>A duration: <c>200ms</c>, <c>5s</c>, <c>1.5m</c>; a number alone is milliseconds.</summary>
    public static TimeSpan Duration(string text)
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

    /// <summary>A number of bytes: <c>500MB</c>; a number alone is bytes.</summary>
    public static long Size(string text)
    {
        string digits = text.TrimEnd('B', 'K', 'M', 'G');
        int shift = Array.IndexOf(["B", "KB", "MB", "GB"], text[digits.Length..] is { Length: > 0 } unit ? unit : "B") * 10;
        return shift >= 0 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? checked(number * (1L << shift))
            : throw new FormatException($"\"{text}\" is not a size such as 500MB.");
    }
}
