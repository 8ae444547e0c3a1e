namespace VirusTotal.Emulator.Indicators;

/// <summary>One valid lookup.</summary>
/// <param name="Indicator">The canonical text: a lower-case hash, an ASCII domain, an address in its shortest form, a decoded URL.</param>
/// <param name="Id">The id as it stands in the path, percent-decoded: what messages repeat.</param>
internal sealed record LookupRequest(LookupKind Kind, string Indicator, string Id)
{
    /// <summary>The names of the relationships that are to come with the object.</summary>
    public IReadOnlyList<string> Relationships { get; init; } = [];

    /// <summary>Reads the id of a path; <see langword="null"/> if it is not one of its collection.</summary>
    /// <param name="relationships">The relationships asked for.</param>
    /// <param name="urlWithId">Finds the URL that has this SHA-256, where the service has seen it.</param>
    public static LookupRequest? FromPath(LookupKind kind, string id, string[] relationships, Func<string, string?> urlWithId)
    {
        string? indicator = kind switch
        {
            LookupKind.File => CanonicalText.Hash(id),
            LookupKind.Domain => CanonicalText.Domain(id),
            LookupKind.IpAddress => CanonicalText.Address(id),
            _ when CanonicalText.Hash(id) is { Length: 64 } sha256 => urlWithId(sha256) ?? sha256,
            _ => UrlId.IsWellFormed(id) ? UrlId.Decode(id) ?? id : null,
        };
        return indicator is null ? null : new LookupRequest(kind, indicator, id) { Relationships = relationships };
    }

    /// <summary>Reads an indicator as people write it; <see langword="null"/> if it is none.</summary>
    public static LookupRequest? FromText(string text) =>
        CanonicalText.Recognize(text) is var (kind, canonical) ? new LookupRequest(kind, canonical, canonical) : null;
}
