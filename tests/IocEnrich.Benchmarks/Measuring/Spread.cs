using System.Globalization;

namespace IocEnrich.Benchmarks.Measuring;

/// <summary>The median of some measurements, and between what they lie.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        double median = sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>As in <c>1.23 (1.20 to 1.31)</c>.</summary>
    internal string ToString(string format) => string.Create(
        CultureInfo.InvariantCulture, $"{Number(Median, format)} ({Number(Least, format)} to {Number(Most, format)})");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
