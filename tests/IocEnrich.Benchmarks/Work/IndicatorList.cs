using System.Globalization;

namespace IocEnrich.Benchmarks.Work;

/// <summary>As many distinct indicators as wanted, made one by one, always the same ones.</summary>
internal static class IndicatorList
{
    /// <summary>A list as responders have it: half file hashes, the rest addresses, domains and URLs.</summary>
    internal static IEnumerable<string> Mixed(int count)
    {
        for (int number = 0; number < count; number++)
        {
            yield return (number % 8) switch
            {
                0 or 1 or 2 => Sha256(number),
                3 => Md5(number),
                4 => Address(number),
                5 or 6 => Domain(number),
                _ => Url(number),
            };
        }
    }

    /// <summary>Hashes of files only: those have the longest reports.</summary>
    internal static IEnumerable<string> Files(int count) => Enumerable.Range(0, count).Select(Sha256);

    internal static string Sha256(int number) => string.Create(
        CultureInfo.InvariantCulture, $"{Scatter(number, 1):x16}{Scatter(number, 2):x16}{Scatter(number, 3):x16}{Scatter(number, 4):x16}");

    internal static string Md5(int number) => string.Create(CultureInfo.InvariantCulture, $"{Scatter(number, 5):x16}{Scatter(number, 6):x16}");

    // 24.0.0.0/8 and what follows it, to 55.0.0.0/8: public addresses, so each of them is asked.
    internal static string Address(int number)
    {
        uint address = 0x1800_0000u + (uint)number;
        return string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
    }

    internal static string Domain(int number) => string.Create(CultureInfo.InvariantCulture, $"host-{number}.evil-{number % 977}.com");

    internal static string Url(int number) => string.Create(CultureInfo.InvariantCulture, $"https://cdn{number % 31}.evil-{number % 977}.com/gate/{number}.php?id={number % 89}");

    // SplitMix64: the numbers of a row look like those of no other.
    private static ulong Scatter(int number, ulong row)
    {
        ulong mixed = ((ulong)number * 0x9E37_79B9_7F4A_7C15) + (row * 0xD1B5_4A32_D192_ED03);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }
}
