namespace IocEnrich;

/// <summary>
/// Writes an indicator so that nobody reaches it by a click: <c>hxxp</c> for the scheme, <c>[.]</c> for every dot of the host,
/// <c>[@]</c> in an e-mail address, <c>[:]</c> in an IPv6 address. Hashes and CVEs harm nobody and stay as they are.
/// </summary>
internal static class Defanger
{
    public static string Defang(IndicatorType type, string value) => type switch
    {
        IndicatorType.IPv4 or IndicatorType.Domain => value.Replace(".", "[.]", StringComparison.Ordinal),
        IndicatorType.IPv6 => value
            .Replace("::", "[::]", StringComparison.Ordinal)
            .Replace(":", "[:]", StringComparison.Ordinal)
            .Replace("[[:][:]]", "[::]", StringComparison.Ordinal),
        IndicatorType.Email => DefangEmail(value),
        IndicatorType.Url => DefangUrl(value),
        _ => value,
    };

    private static string DefangEmail(string value)
    {
        int at = value.LastIndexOf('@');
        return $"{value[..at]}[@]{value[(at + 1)..].Replace(".", "[.]", StringComparison.Ordinal)}";
    }

    // The host of IPv6 keeps its brackets and colons: the scheme alone makes it harmless, and brackets in brackets confuse everybody.
    private static string DefangUrl(string value)
    {
        CanonicalUrl.LocateHost(value, out int start, out int length);
        int scheme = value.IndexOf(':', StringComparison.Ordinal);
        string host = value.Substring(start, length).Replace(".", "[.]", StringComparison.Ordinal);
        string disguise = value[..scheme].Replace("tt", "xx", StringComparison.Ordinal).Replace("ft", "fx", StringComparison.Ordinal);
        return $"{disguise}{value[scheme..start]}{host}{value[(start + length)..]}";
    }
}
