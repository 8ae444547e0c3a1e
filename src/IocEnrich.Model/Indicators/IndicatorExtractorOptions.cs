namespace IocEnrich;

/// <summary>Options of an <see cref="IndicatorExtractor"/>.</summary>
public sealed record IndicatorExtractorOptions
{
    /// <summary>The file of the text, copied to every occurrence.</summary>
    public string? Path { get; init; }

    /// <summary>The number of the text's first line: 1, unless the text is part of something longer.</summary>
    public long FirstLine { get; init; } = 1;

    /// <summary>Whether the host of a URL is also reported as an indicator, after the URL.</summary>
    public bool IncludeUrlHosts { get; init; }

    /// <summary>The types to report; <c>null</c> for all.</summary>
    public IReadOnlySet<IndicatorType>? Types { get; init; }
}
