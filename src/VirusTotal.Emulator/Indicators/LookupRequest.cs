namespace VirusTotal.Emulator.Indicators;

/// <summary>One valid lookup.</summary>
/// <param name="Kind">The collection asked.</param>
/// <param name="Indicator">The canonical text: a lower-case hash, an ASCII domain, an address in its shortest form, a decoded URL.</param>
/// <param name="Id">The id as it stands in the path, percent-decoded: what messages repeat.</param>
internal sealed record LookupRequest(LookupKind Kind, string Indicator, string Id)
{
    /// <summary>The names of the relationships that are to come with the object.</summary>
    public IReadOnlyList<string> Relationships { get; init; } = [];
}
