namespace VirusTotal.Emulator.Indicators;

/// <summary>Turns the id of a path, or the text a test writes, into a lookup.</summary>
internal static class LookupReader
{
    /// <summary>Reads the id of a path; <see langword="null"/> where it is not one of its collection.</summary>
    /// <param name="kind">The collection.</param>
    /// <param name="id">The percent-decoded id.</param>
    /// <param name="urlWithId">Finds the URL that has this SHA-256, where the service has seen it.</param>
    public static LookupRequest? FromPath(LookupKind kind, string id, Func<string, string?> urlWithId)
    {
        string? indicator = kind switch
        {
            LookupKind.File => CanonicalText.Hash(id),
            LookupKind.Domain => CanonicalText.Domain(id),
            LookupKind.IpAddress => CanonicalText.Address(id),
            _ => UrlOf(id, urlWithId),
        };
        return indicator is null ? null : new LookupRequest(kind, indicator, id);
    }

    /// <summary>Reads an indicator as people write it; <see langword="null"/> where it is none.</summary>
    public static LookupRequest? FromText(string text)
    {
        string canonical = CanonicalText.Canonicalize(text);
        LookupKind? kind = canonical.Contains("://", StringComparison.Ordinal) ? LookupKind.Url
            : CanonicalText.Hash(canonical) is not null ? LookupKind.File
            : CanonicalText.Address(canonical) is not null ? LookupKind.IpAddress
            : CanonicalText.Domain(canonical) is not null ? LookupKind.Domain
            : null;
        return kind is { } known ? new LookupRequest(known, canonical, canonical) : null;
    }

    private static string? UrlOf(string id, Func<string, string?> urlWithId)
    {
        if (CanonicalText.Hash(id) is { Length: 64 } sha256)
        {
            return urlWithId(sha256) ?? sha256;
        }

        return UrlId.IsWellFormed(id) ? UrlId.Decode(id) ?? id : null;
    }
}
