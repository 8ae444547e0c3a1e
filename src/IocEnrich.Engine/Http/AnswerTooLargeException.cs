using System.Globalization;

namespace IocEnrich.Engine.Http;

/// <summary>An answer is larger than any real one: it is refused rather than read.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught inside the provider only.
internal sealed class AnswerTooLargeException(int maxBytes)
#pragma warning restore CA1032, CA1064
    : IOException(string.Create(CultureInfo.InvariantCulture, $"The limit is {maxBytes / 1024:N0} KiB."));
