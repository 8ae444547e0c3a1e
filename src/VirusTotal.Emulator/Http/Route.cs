using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Http;

/// <summary>What a path asks for.</summary>
internal enum RouteKind
{
    Unknown,
    Lookup,
    OverallQuotas,
    ApiUsage,
    ControlRequests,
    ControlFaults,
}

/// <summary>A request target, taken apart.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Collection">The collection, for a lookup.</param>
/// <param name="Id">The percent-decoded id of a lookup or of a user; for an unknown path, the path.</param>
internal readonly record struct Route(RouteKind Kind, LookupKind Collection, string Id)
{
    private const string ApiRoot = "/api/v3/";
    private const string ControlRoot = "/emulator/";

    /// <summary>Takes a raw target apart, so that an id may hold any escaped character, the slash included.</summary>
    public static Route Parse(string rawTarget)
    {
        int query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        ReadOnlySpan<char> path = query < 0 ? rawTarget : rawTarget.AsSpan(0, query);
        if (path.StartsWith(ApiRoot, StringComparison.Ordinal))
        {
            return ParseApi(path[ApiRoot.Length..]) ?? Unknown(path);
        }

        return path switch
        {
            ControlRoot + "requests" => new(RouteKind.ControlRequests, default, ""),
            ControlRoot + "faults" => new(RouteKind.ControlFaults, default, ""),
            _ => Unknown(path),
        };
    }

    private static Route? ParseApi(ReadOnlySpan<char> path)
    {
        int slash = path.IndexOf('/');
        if (slash < 0 || slash == path.Length - 1)
        {
            return null;
        }

        ReadOnlySpan<char> rest = path[(slash + 1)..];
        int second = rest.IndexOf('/');
        if (path[..slash] is "users")
        {
            return second < 0 ? null : rest[(second + 1)..] switch
            {
                "overall_quotas" => new(RouteKind.OverallQuotas, default, Decode(rest[..second])),
                "api_usage" => new(RouteKind.ApiUsage, default, Decode(rest[..second])),
                _ => null,
            };
        }

        return second >= 0 ? null : path[..slash] switch
        {
            "files" => new(RouteKind.Lookup, LookupKind.File, Decode(rest)),
            "domains" => new(RouteKind.Lookup, LookupKind.Domain, Decode(rest)),
            "ip_addresses" => new(RouteKind.Lookup, LookupKind.IpAddress, Decode(rest)),
            "urls" => new(RouteKind.Lookup, LookupKind.Url, Decode(rest)),
            _ => null,
        };
    }

    private static Route Unknown(ReadOnlySpan<char> path) => new(RouteKind.Unknown, default, path.ToString());

    private static string Decode(ReadOnlySpan<char> segment) => Uri.UnescapeDataString(segment);
}
