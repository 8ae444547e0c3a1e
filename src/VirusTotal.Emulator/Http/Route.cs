using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Http;

/// <summary>What a path asks for.</summary>
internal enum RouteKind
{
    Unknown,
    Lookup,
    OverallQuotas,
    ControlRequests,
    ControlFaults,
}

/// <summary>A request target, taken apart.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Collection">The collection, for a lookup.</param>
/// <param name="Id">The percent-decoded id of a lookup or of a user; for an unknown path, the path.</param>
internal readonly record struct Route(RouteKind Kind, LookupKind Collection, string Id)
{
    /// <summary>The names after <c>?relationships=</c>.</summary>
    public string[] Relationships { get; private init; } = [];

    /// <summary>Takes a raw target apart, so that an id may hold any escaped character, the slash included.</summary>
    public static Route Parse(string rawTarget)
    {
        (string path, string query) = rawTarget.Split('?', 2) is [{ } left, { } right] ? (left, right) : (rawTarget, "");
        return path.Split('/') switch
        {
            ["", "api", "v3", "users", { } user, "overall_quotas"] => new(RouteKind.OverallQuotas, default, Uri.UnescapeDataString(user)),
            ["", "api", "v3", { } collection, { Length: > 0 } id] when LookupKindWords.FromCollection(collection) is { } kind =>
                new(RouteKind.Lookup, kind, Uri.UnescapeDataString(id)) { Relationships = RelationshipsIn(query) },
            ["", "emulator", "requests"] => new(RouteKind.ControlRequests, default, ""),
            ["", "emulator", "faults"] => new(RouteKind.ControlFaults, default, ""),
            _ => new(RouteKind.Unknown, default, path),
        };
    }

    private static string[] RelationshipsIn(string query)
    {
        const string Name = "relationships=";
        string? names = query.Split('&').FirstOrDefault(static pair => pair.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..];
        return names is null ? [] : Uri.UnescapeDataString(names).Split(',', StringSplitOptions.RemoveEmptyEntries);
    }
}
