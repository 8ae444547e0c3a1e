using System.Collections.Frozen;

namespace IocEnrich.PowerShell.Input;

/// <summary>A column that may hold an indicator.</summary>
/// <param name="Name">Its name as its source writes it.</param>
/// <param name="Rank">Its place: of several that hold an indicator the first counts.</param>
/// <param name="Subject">The columns of one subject tell the same file: its strongest hash counts. 0 where it is no hash of a file.</param>
/// <param name="End">Which end of a connection it tells, if it does.</param>
internal sealed record KnownColumn(string Name, int Rank, int Subject = 0, ConnectionEnd End = ConnectionEnd.None)
{
    internal string Key { get; } = ColumnName.Normalise(Name);
}

/// <summary>The ends of a connection. One of them is often private, and the other is what matters: so both count.</summary>
internal enum ConnectionEnd
{
    None = 0,
    From,
    To,
}

/// <summary>
/// The columns that the exports of this field call indicators by. docs/input.md tells them, and a test compares. Names are compared
/// without case, blanks and punctuation, and a dot stands for an object in an object.
/// </summary>
internal static class KnownColumns
{
    // In their order: what says "indicator"; the file; addresses; URLs; names; then what a process or a message had with it. What a
    // machine is called comes last: beside anything else it tells whose finding it is.
    private static readonly string[] Named = ["Indicator", "Ioc", "ioc_value", "Value", "ObservableValue", "Pattern", "seen.indicator"];

    private static readonly string[][] Files =
    [
        [
            "Hash", "SHA256", "sha256_hash", "SHA1", "sha1_hash", "MD5", "md5_hash", "Hashes", "FileHash", "FileHashValue", "file.hash.sha256",
            "file.hash.sha1", "file.hash.md5", "Hash.SHA256", "Hash.SHA1", "Hash.MD5", "fileinfo.sha256", "fileinfo.sha1", "fileinfo.md5",
            "TargetFileSHA256", "TargetFileSHA1", "TargetFileMD5", "threat.indicator.file.hash.sha256", "threat.indicator.file.hash.sha1",
            "threat.indicator.file.hash.md5", "payload_sha256", "payload_md5", "response_sha256", "response_md5",
        ],
        ["dll.hash.sha256", "dll.hash.sha1", "dll.hash.md5"],
        ["process.hash.sha256", "process.hash.sha1", "process.hash.md5", "TargetProcessSHA256", "TargetProcessSHA1", "TargetProcessMD5"],
    ];

    private static readonly string[] Addresses =
    [
        "IP", "IPAddress", "RemoteAddress", "RemoteIP", "RemoteIPAddress", "RemoteAddr", "Raddr.IP", "ForeignAddress", "NetworkIP", "MaliciousIP",
        "threat.indicator.ip",
    ];

    private static readonly string[] From =
        ["SourceIP", "source.ip", "src_ip", "SrcIP", "SrcIpAddr", "id.orig_h", "SourceAddress", "SrcAddr", "client.ip", "tx_hosts", "NetworkSourceIP"];

    private static readonly string[] To =
        ["DestinationIP", "destination.ip", "dest_ip", "DstIP", "DstIpAddr", "id.resp_h", "DestinationAddress", "DestAddress", "DstAddr", "server.ip", "rx_hosts", "NetworkDestinationIP"];

    private static readonly string[] Names =
    [
        "Url", "Uri", "RemoteUrl", "RequestURL", "url.full", "url.original", "threat.indicator.url.full", "threat.indicator.url.original", "http.url",
        "Domain", "DomainName", "url.domain", "threat.indicator.url.domain", "UrlDomain", "NameHost", "QueryName", "DnsQuery", "query", "dns.question.name",
        "dns.rrname", "tls.sni", "server_name", "tls.client.server_name", "http.hostname", "DestinationHostname", "destination.domain",
        "DstDomain", "DstFQDN", "QueryResults", "dns.resolved_ip", "dns.rdata", "related.hash", "related.ip", "SenderIPv4", "SenderIPv6",
        "EmailSourceIpAddress", "EmailSourceDomain", "EmailSenderAddress", "SenderFromAddress", "SenderMailFromAddress", "clientip",
    ];

    private static readonly string[] Processes = ["InitiatingProcessSHA256", "InitiatingProcessSHA1", "InitiatingProcessMD5"];

    private static readonly string[] Machines = ["related.hosts", "host", "Hostname"];

    /// <summary>Objects in an object whose columns count as its own.</summary>
    internal static readonly string[] Containers =
        ["Event", "EventData", "UserData", "winlog.event_data", "winlog", "_source", "Attribute", "Attributes", "Object", "data", "urls", "payloads", "indicators", "objects", "response"];

    /// <summary>How many of them say "indicator": theirs may be a whole object.</summary>
    internal static int NamedCount => Named.Length;

    /// <summary>All of them, in their order.</summary>
    internal static readonly IReadOnlyList<KnownColumn> All = [.. Create()];

    private static readonly FrozenDictionary<string, KnownColumn> ByKey = All.ToFrozenDictionary(static column => column.Key, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Prefixes = All.SelectMany(static column => PrefixesOf(column.Name)).Append("source").Append("destination").Concat(Containers.SelectMany(PrefixesOf))
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> ContainerKeys = Containers.Select(ColumnName.Normalise).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The column of a name, also where a flat export puts the name of a container or of a product in front of it.</summary>
    /// <param name="prefix">The normalised names of the objects it stands in, joined.</param>
    /// <param name="name">Its name as it stands.</param>
    internal static KnownColumn? Find(string prefix, string name)
    {
        if (ByKey.GetValueOrDefault(prefix + ColumnName.Normalise(name)) is { } column)
        {
            return column;
        }

        for (int dot = prefix.Length == 0 ? name.IndexOf('.') : -1; dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            if (FlatPrefixes.Contains(ColumnName.Normalise(name[..dot])) && ByKey.TryGetValue(ColumnName.Normalise(name[(dot + 1)..]), out column))
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>Whether the columns of an object of that name are known by its name and theirs.</summary>
    internal static bool IsPrefix(string key) => Prefixes.Contains(key);

    internal static bool IsContainer(string key) => ContainerKeys.Contains(key);

    private static readonly FrozenSet<string> FlatPrefixes = ContainerKeys.Concat(["suricataeve", "zeekconnection", "zeekdns", "zeekssl", "zeekhttp", "zeekfiles"])
        .ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> PrefixesOf(string name)
    {
        for (int dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            yield return ColumnName.Normalise(name[..dot]);
        }
    }

    private static IEnumerable<KnownColumn> Create()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        int rank = 0;
        IEnumerable<KnownColumn> columns =
        [
            .. Named.Select(static name => new KnownColumn(name, 0)),
            .. Files.SelectMany(static (names, file) => names.Select(name => new KnownColumn(name, 0, Subject: file + 1))),
            .. Addresses.Select(static name => new KnownColumn(name, 0)),
            .. From.Select(static name => new KnownColumn(name, 0, End: ConnectionEnd.From)),
            .. To.Select(static name => new KnownColumn(name, 0, End: ConnectionEnd.To)),
            .. Names.Select(static name => new KnownColumn(name, 0)),
            .. Processes.Select(static name => new KnownColumn(name, 0, Subject: Files.Length + 1)),
            .. Machines.Select(static name => new KnownColumn(name, 0)),
        ];
        foreach (KnownColumn column in columns)
        {
            if (seen.Add(column.Key))
            {
                yield return column with { Rank = rank++ };
            }
        }
    }
}
