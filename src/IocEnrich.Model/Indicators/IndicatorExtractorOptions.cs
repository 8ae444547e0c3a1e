namespace IocEnrich;

/// <summary>What an <see cref="IndicatorExtractor"/> looks for.</summary>
public sealed record IndicatorExtractorOptions
{
    /// <summary>The file that the text comes from; every occurrence carries it.</summary>
    public string? Path { get; init; }

    /// <summary>The number of the text's first line: 1, unless the text is a part of something longer.</summary>
    public long FirstLine { get; init; } = 1;

    /// <summary>Whether the host of a URL is reported as an indicator of its own, behind the URL.</summary>
    public bool IncludeUrlHosts { get; init; }

    /// <summary>The kinds that are reported; <c>null</c> for all.</summary>
    public IReadOnlySet<IndicatorType>? Types { get; init; }
}
