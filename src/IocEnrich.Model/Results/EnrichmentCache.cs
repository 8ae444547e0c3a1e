using System.Globalization;

namespace IocEnrich;

/// <summary>What the store on disk holds, at one moment.</summary>
public sealed record EnrichmentCache
{
    /// <summary>The store's file.</summary>
    public required string Path { get; init; }

    /// <summary>How many answers it holds.</summary>
    public required long Entries { get; init; }

    /// <summary>How many bytes it takes on the disk.</summary>
    public required long Size { get; init; }

    /// <summary>How many bytes it may take before the oldest answers are dropped.</summary>
    public required long MaxSize { get; init; }

    /// <summary>When the oldest answer was given (UTC); <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>When the newest answer was given (UTC); <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>How many requests it has saved since it was begun.</summary>
    public required long Hits { get; init; }

    /// <summary>The snapshot in a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Entries} answers in {Path}");
}
