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
    /// <summary>The segment of the path, as in <c>/api/v3/ip_addresses/…</c>.</summary>
    public static string Collection(this LookupKind kind) => kind switch
    {
        LookupKind.File => "files",
        LookupKind.Domain => "domains",
        LookupKind.IpAddress => "ip_addresses",
        LookupKind.Url => "urls",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are four collections."),
    };

    /// <summary>The value of <c>data.type</c>.</summary>
    public static string ObjectType(this LookupKind kind) => kind switch
    {
        LookupKind.File => "file",
        LookupKind.Domain => "domain",
        LookupKind.IpAddress => "ip_address",
        LookupKind.Url => "url",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are four collections."),
    };

    /// <summary>What the messages of the service call one of them.</summary>
    public static string Noun(this LookupKind kind) => kind switch
    {
        LookupKind.File => "File",
        LookupKind.Domain => "Domain",
        LookupKind.IpAddress => "IP address",
        LookupKind.Url => "URL",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are four collections."),
    };
}
