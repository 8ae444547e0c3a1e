using System.Buffers;
using System.Text;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>Where VirusTotal keeps what: the API's endpoint for an indicator, and the page for people.</summary>
internal static class VirusTotalAddresses
{
    private const string Pages = "https://www.virustotal.com/gui/";

    /// <summary>Where the API is asked about an indicator; <see langword="null"/> for a type that has no lookup.</summary>
    /// <remarks>Source: the published description of the API, <c>/files</c>, <c>/domains</c>, <c>/ip_addresses</c>, <c>/urls</c>.</remarks>
    /// <param name="endpoint">The endpoint, with the slash at its end; nothing for the path below it.</param>
    internal static string? AddressOf(string endpoint, Indicator indicator) => indicator.Type switch
    {
        IndicatorType.Md5 or IndicatorType.Sha1 or IndicatorType.Sha256 => string.Concat(endpoint, "files/", indicator.Value),
        IndicatorType.Domain => string.Concat(endpoint, "domains/", Uri.EscapeDataString(indicator.Value)),
        IndicatorType.IPv4 or IndicatorType.IPv6 => string.Concat(endpoint, "ip_addresses/", Uri.EscapeDataString(indicator.Value)),
        IndicatorType.Url => string.Concat(endpoint, "urls/", UrlId(indicator.Value)),
        _ => null,
    };

    /// <summary>The page for people on what was found: the folder it is in, and its name there.</summary>
    /// <param name="indicator">What was asked for.</param>
    /// <param name="id">The id in the answer. A URL's page is found by it only.</param>
    internal static (string? Folder, string? Name) PageOf(Indicator indicator, string? id) => indicator.Type switch
    {
        IndicatorType.Md5 or IndicatorType.Sha1 or IndicatorType.Sha256 => (Pages + "file/", Uri.EscapeDataString(id ?? indicator.Value)),
        IndicatorType.Domain => (Pages + "domain/", Uri.EscapeDataString(indicator.Value)),
        IndicatorType.IPv4 or IndicatorType.IPv6 => (Pages + "ip-address/", indicator.Value),
        IndicatorType.Url => (Pages + "url/", Uri.EscapeDataString(id ?? UrlId(indicator.Value))),
        _ => default,
    };

    /// <summary>The id by which a URL is asked for: its base64url form without padding.</summary>
    internal static string UrlId(string url)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(url.Length));
        char[] letters = ArrayPool<char>.Shared.Rent((bytes.Length / 3 * 4) + 4);
        try
        {
            int length = Encoding.UTF8.GetBytes(url, bytes);
            Span<char> id = letters.AsSpan(0, Convert.ToBase64CharArray(bytes, 0, length, letters, 0)).TrimEnd('=');
            id.Replace('+', '-');
            id.Replace('/', '_');
            return id.ToString();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(letters);
        }
    }
}
