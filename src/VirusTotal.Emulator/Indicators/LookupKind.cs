namespace VirusTotal.Emulator.Indicators;

/// <summary>The four collections that can be looked up.</summary>
internal enum LookupKind
{
    File,
    Domain,
    IpAddress,
    Url,
}

/// <summary>The words the API has for each collection.</summary>
internal static class LookupKindWords
{
    private static readonly string[] Collections = ["files", "domains", "ip_addresses", "urls"];
    private static readonly string[] ObjectTypes = ["file", "domain", "ip_address", "url"];
    private static readonly string[] Nouns = ["File", "Domain", "IP address", "URL"];

    /// <summary>The segment of the path, as in <c>/api/v3/ip_addresses/…</c>.</summary>
    public static string Collection(this LookupKind kind) => Collections[(int)kind];

    /// <summary>The collection with that segment, or <see langword="null"/>.</summary>
    public static LookupKind? FromCollection(string segment) =>
        Array.IndexOf(Collections, segment) is >= 0 and int index ? (LookupKind)index : null;

    /// <summary>The value of <c>data.type</c>.</summary>
    public static string ObjectType(this LookupKind kind) => ObjectTypes[(int)kind];

    /// <summary>What the messages of the service call one of them.</summary>
    public static string Noun(this LookupKind kind) => Nouns[(int)kind];
}
