namespace VirusTotal.Emulator.Indicators;

/// <summary>Turns the id of a path, or the text a test writes, into a lookup.</summary>
internal static class LookupReader
{
    /// <summary>Reads the id of a path; <see langword="null"/> where it is not one of its collection.</summary>
    /// <param name="kind">The collection.</param>
    /// <param name="id">The percent-decoded id.</param>
    /// <param name="urlWithId">Finds the URL that has this SHA-256, where the service has seen it.</param>
    public static Lookup? FromPath(LookupKind kind, string id, Func<string, string?> urlWithId)
    {
        string? indicator = kind switch
        {
            LookupKind.File => IndicatorText.Hash(id),
            LookupKind.Domain => IndicatorText.Domain(id),
            LookupKind.IpAddress => IndicatorText.Address(id),
            _ => UrlOf(id, urlWithId),
        };
        return indicator is null ? null : new Lookup(kind, indicator, id);
    }

    /// <summary>Reads an indicator as people write it; <see langword="null"/> where it is none.</summary>
    public static Lookup? FromText(string text)
    {
        string canonical = IndicatorText.Canonicalize(text);
        LookupKind? kind = canonical.Contains("://", StringComparison.Ordinal) ? LookupKind.Url
            : IndicatorText.Hash(canonical) is not null ? LookupKind.File
            : IndicatorText.Address(canonical) is not null ? LookupKind.IpAddress
            : IndicatorText.Domain(canonical) is not null ? LookupKind.Domain
            : null;
        return kind is { } known ? new Lookup(known, canonical, canonical) : null;
    }

    private static string? UrlOf(string id, Func<string, string?> urlWithId)
    {
        if (IndicatorText.Hash(id) is { Length: 64 } sha256)
        {
            return urlWithId(sha256) ?? sha256;
        }

        return UrlId.IsWellFormed(id) ? UrlId.Decode(id) ?? id : null;
    }
}
