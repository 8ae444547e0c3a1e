using System.Globalization;

namespace IocEnrich;

/// <summary>The contents of the cache at one moment.</summary>
public sealed record EnrichmentCache
{
    /// <summary>The path of the cache file.</summary>
    public required string Path { get; init; }

    /// <summary>The number of cached answers.</summary>
    public required long Entries { get; init; }

    /// <summary>The size on disk, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The maximum size, in bytes. Beyond it, the oldest answers are removed.</summary>
    public required long MaxSize { get; init; }

    /// <summary>The time of the oldest answer (UTC); <see langword="null"/> if the cache is empty.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>The time of the newest answer (UTC); <see langword="null"/> if the cache is empty.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>The number of requests the cache has saved since it was created.</summary>
    public required long Hits { get; init; }

    /// <summary>The snapshot in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Entries} answers in {Path}");
}
