using System.Globalization;

namespace IocEnrich.Engine.VirusTotal;

/// <summary>An answer is longer than any real one: it is refused rather than read.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught inside the provider only.
internal sealed class AnswerTooLargeException(int maxBytes)
#pragma warning restore CA1032, CA1064
    : IOException(string.Create(CultureInfo.InvariantCulture, $"The answer is longer than {maxBytes / (1024 * 1024)} MiB."));
