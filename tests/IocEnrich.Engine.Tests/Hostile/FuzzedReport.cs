using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IocEnrich.Engine.Tests.Hostile;

/// <summary>
/// A report on what a path asks for, with one or two values of it in another form. What is known of it beforehand: which object it is about,
/// and what its engines hold.
/// </summary>
internal sealed class FuzzedReport
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "-1", "0", "1e400", "-1e400", "55.0", "5e1", "\"55\"", "2147483648", "9223372036854775808", "1.5", "\"\"", "\"x\"",
        "\"\\udfff\"", "\"\\ud800\\u0041\"", "[]", "{}", "[1,[2,{\"a\":null}]]", "{\"\\udfff\":1}", "{\"a\":1,\"a\":2}", "253402300800", "-62135596801",
        "\"\\u001b[2J\\u202Egpj\"", "\"" + HostileTesting.Key + "\"", "\"\\u0000\"", "\"<script>\"", "[\"a\",\"a\",7,null]",
    ];

    private readonly string _path;
    private readonly int[] _counts;

    internal FuzzedReport(string path)
    {
        _path = path;
        uint hash = Hash(path);
        int malicious = (hash % 5) switch { 0 => 0, 1 => 1, 2 => 3, 3 => 40, _ => 0 };
        int suspicious = hash / 5 % 4 == 0 ? 2 : 0;
        int harmless = hash / 20 % 3 == 0 ? 0 : 3;
        _counts = [malicious, suspicious, harmless, 7];
    }

    /// <summary>The verdict that the engines add up to.</summary>
    internal Verdict Verdict => new DetectionCounts(_counts[0], _counts[1], _counts[2], _counts[3]).ToVerdict(VerdictThresholds.Default);

    /// <summary>What stands in the report, and nowhere else, for the object that it is about.</summary>
    internal static string MarkOf(string path) => "of-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];

    internal static uint Hash(string text) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The report as it is.</summary>
    internal string Plain() => Write(new Random(0), mutations: 0);

    /// <summary>The report with some of its values in another form.</summary>
    internal string Mutated(Random random) => Write(random, random.Next(1, 3));

    private string Write(Random random, int mutations)
    {
        string id = Uri.UnescapeDataString(_path[(_path.LastIndexOf('/') + 1)..]);
        string type = _path.Split('/')[^2] switch { "files" => "file", "domains" => "domain", "ip_addresses" => "ip_address", _ => "url" };
        List<(string Name, string Value)> attributes = Attributes(id, type);
        List<(string Name, string Value)> stats = [("malicious", $"{_counts[0]}"), ("suspicious", $"{_counts[1]}"), ("harmless", $"{_counts[2]}"), ("undetected", $"{_counts[3]}"), ("timeout", "1")];
        bool hasResults = random.Next(2) == 0;
        List<(string Name, string Value)> data =
        [
            ("id", Text(type == "url" ? Sha256(Url(id)) : type == "file" && id.Length < 64 ? Sha256(id) : id)),
            ("type", Text(type)),
            ("links", """{"self":"https://example.com/"}"""),
        ];
        bool statsFirst = random.Next(2) == 0;
        bool isCounted = false;
        for (; mutations > 0; mutations--)
        {
            switch (random.Next(4))
            {
                case 0: Mutate(random, data); break;

                // Once: a second change could make a count out of the first that is wrong and in order.
                case 1 when !isCounted: MutateCount(random, stats); isCounted = true; break;
                default: Mutate(random, attributes); break;
            }
        }

        attributes.Insert(statsFirst ? 0 : attributes.Count, ("last_analysis_stats", Object(random, stats)));
        if (hasResults)
        {
            attributes.Insert(random.Next(attributes.Count), ("last_analysis_results", Results()));
        }

        data.Insert(random.Next(data.Count), ("attributes", Object(random, attributes)));
        return $"{{\"data\":{Object(random, data)}}}";
    }

    private List<(string Name, string Value)> Attributes(string id, string type)
    {
        string mark = MarkOf(_path);
        List<(string, string)> attributes =
        [
            ("registrar", Text(mark)), ("as_owner", Text(mark)), ("meaningful_name", Text(mark)), ("tags", $"[{Text(mark)}]"), ("reputation", "7"),
            ("categories", $"{{\"a\":{Text(mark)}}}"), ("names", $"[{Text(mark)}]"), ("last_analysis_date", "1600790003"), ("creation_date", "1500000000"),
            ("popular_threat_classification", $"{{\"suggested_threat_label\":{Text(mark)}}}"), ("country", "\"DE\""), ("asn", "7"), ("size", "68"),
        ];
        if (type == "url")
        {
            attributes.Add(("url", Text(Url(id))));
        }
        else if (type == "file" && id.Length < 64)
        {
            attributes.Add(("sha256", Text(Sha256(id))));
            attributes.Add((id.Length == 32 ? "md5" : "sha1", Text(id)));
        }

        return attributes;
    }

    private string Results()
    {
        string[] categories = ["malicious", "suspicious", "harmless", "undetected"];
        List<string> engines = [];
        for (int opinion = 0; opinion < categories.Length; opinion++)
        {
            engines.AddRange(Enumerable.Range(0, _counts[opinion]).Select(number => $"\"{opinion}-{number}\":{{\"category\":\"{categories[opinion]}\",\"result\":null}}"));
        }

        return $"{{{string.Join(',', engines)}}}";
    }

    private static void Mutate(Random random, List<(string Name, string Value)> members)
    {
        int at = random.Next(members.Count);
        (string name, string value) = members[at];
        string other = random.Next(40) == 0 ? "\"" + new string('n', 300_000) + "\"" : random.Next(60) == 0 ? Deep(300) : Values[random.Next(Values.Length)];
        switch (random.Next(6))
        {
            case 0: members.Insert(random.Next(members.Count + 1), (name, other)); break;
            case 1: members.RemoveAt(at); break;
            case 2: members[at] = ("\\udfff" + name, value); break;
            case 3: members[at] = ($"\\u{(int)name[0]:x4}{name[1..]}", value); break;
            default: members[at] = (name, other); break;
        }
    }

    // The same number in another notation, or something that is none: never another number that could be taken for the right one.
    private static void MutateCount(Random random, List<(string Name, string Value)> stats)
    {
        int at = random.Next(4);
        (string name, string value) = stats[at];
        string[] forms =
        [
            value + ".0", value + "e0", $"\"{value}\"", value + "0e-1", $"-{(value == "0" ? "1" : value)}", "null", "2147483648", "1e400", "\"x\"", "[]", $"[{value}]", "{}", "true",
            value + ".5", "\"\\udfff\"", $"\" {value}\"", "99999999999999999999",
        ];
        switch (random.Next(5))
        {
            case 0: stats.Insert(random.Next(2) == 0 ? at : at + 1, (name, "0")); break;
            case 1: stats.RemoveAt(at); break;
            default: stats[at] = (name, forms[random.Next(forms.Length)]); break;
        }
    }

    private static string Object(Random random, List<(string Name, string Value)> members)
    {
        string separator = random.Next(2) == 0 ? "," : ",\n    ";
        return $"{{{string.Join(separator, members.Select(static member => $"\"{member.Name}\": {member.Value}"))}}}";
    }

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);

    private static string Url(string id) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id));

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Text(string text) => JsonSerializer.Serialize(text);
}
