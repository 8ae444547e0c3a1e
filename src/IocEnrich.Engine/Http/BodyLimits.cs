namespace IocEnrich.Engine.Http;

/// <summary>How much of a body is read. Everything that is held on its way has a bound, whatever is sent.</summary>
/// <param name="Text">The longest text, in bytes after decompression.</param>
/// <param name="Compressed">
/// The longest compressed form, in bytes. It bounds what decompresses to nothing as well: empty blocks, empty members, endless headers.
/// </param>
internal sealed record BodyLimits(int Text, int Compressed)
{
    /// <summary>
    /// How many times longer a text may be than its compressed form: reports are 5 to 20 times, a text of nothing but one letter a
    /// thousand times.
    /// </summary>
    internal const int Ratio = 100;

    /// <summary>Up to this length, in bytes, a text may have any ratio: a short one that repeats itself costs nobody anything.</summary>
    internal const int AnyRatio = 1024 * 1024;

    /// <summary>The longest answer that is read, in bytes after decompression. Real ones have some 30 KB, a few several hundred.</summary>
    internal const int MaxAnswerBytes = 32 * 1024 * 1024;

    /// <summary>A report; compressed it has a tenth of its length.</summary>
    internal static BodyLimits Report { get; } = new(MaxAnswerBytes, 4 * 1024 * 1024);

    /// <summary>What the service says of a quota has a few hundred bytes.</summary>
    internal static BodyLimits Quota { get; } = new(1024 * 1024, 256 * 1024);

    /// <summary>An error has a hundred bytes; a page of a proxy may have more, and is not worth reading further.</summary>
    internal static BodyLimits Error { get; } = new(64 * 1024, 64 * 1024);
}
