using System.Globalization;
using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>The attributes of a domain.</summary>
internal static class DomainReport
{
    private static readonly string[] Registrars =
    [
        "Larkspur Domains, Inc.", "Nordstern Registrar GmbH", "Copper Kettle Names LLC", "Épinette Domaines SAS",
        "Gannet Registry Services", "Halyard Internet Ltd.",
    ];

    public static void Write(Utf8JsonWriter json, SeededRandom random, string domain, EmulatedVerdict verdict)
    {
        string registrar = random.Pick<string>(Registrars);
        bool bad = verdict.MaliciousEngines > 2;
        long created = bad ? CommonAttributes.DaysAgo(random, 3, 700) : CommonAttributes.DaysAgo(random, 700, 9000);
        json.WriteString("registrar", registrar);
        json.WriteString("tld", domain[(domain.LastIndexOf('.') + 1)..]);
        json.WriteNumber("creation_date", created);
        json.WriteNumber("last_update_date", CommonAttributes.DaysAgo(random, 20, 600));
        json.WriteNumber("last_modification_date", CommonAttributes.DaysAgo(random, 1, 60));
        if (random.Chance(0.1))
        {
            json.WriteNumber("last_analysis_date", CommonAttributes.DaysAgo(random, 1, 60));
        }

        CommonAttributes.WriteVotes(json, random, verdict);
        CommonAttributes.WriteCategories(json, random, verdict);
        if (random.Chance(0.9))
        {
            CommonAttributes.WriteTags(json, random, 0.1, "dga", "nxdomain", "parked", "base64-embedded");
        }

        WriteDnsRecords(json, random, domain);
        Certificate.Write(json, random, domain);
        WritePopularity(json, random, verdict);
        if (random.Chance(0.8))
        {
            json.WriteString("jarm", random.Hex(62));
        }

        json.WriteNumber("whois_date", CommonAttributes.DaysAgo(random, 5, 300));
        string day = DateTimeOffset.FromUnixTimeSeconds(created).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        json.WriteString("whois", Whois.OfDomain(random, domain, registrar, day));
    }

    private static void WriteDnsRecords(Utf8JsonWriter json, SeededRandom random, string domain)
    {
        json.WriteNumber("last_dns_records_date", CommonAttributes.DaysAgo(random, 1, 60));
        json.WriteStartArray("last_dns_records");
        foreach (int _ in Enumerable.Range(0, random.Between(1, 4)))
        {
            WriteRecord(json, random, "A", $"192.0.2.{random.Below(256)}");
        }

        WriteRecord(json, random, "NS", $"ns1.{domain}");
        WriteRecord(json, random, "NS", $"ns2.{domain}");
        if (random.Chance(0.6))
        {
            WriteRecord(json, random, "MX", $"mail.{domain}", priority: 10);
        }

        if (random.Chance(0.5))
        {
            WriteRecord(json, random, "TXT", "v=spf1 include:_spf.mail.example ~all");
        }

        json.WriteEndArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, SeededRandom random, string type, string value, int? priority = null)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteNumber("ttl", random.Pick<int>([60, 300, 1800, 3600, 21600]));
        if (priority is { } number)
        {
            json.WriteNumber("priority", number);
        }

        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static void WritePopularity(Utf8JsonWriter json, SeededRandom random, EmulatedVerdict verdict)
    {
        json.WriteStartObject("popularity_ranks");
        double share = verdict.MaliciousEngines > 2 ? 0.1 : 0.6;
        string[] lists = ["Majestic", "Cisco Umbrella", "Cloudflare Radar", "Statvoo", "Alexa"];
        foreach (string list in CommonAttributes.Some(random, lists, share))
        {
            json.WriteStartObject(list);
            json.WriteNumber("rank", random.Between(1, 999999));
            json.WriteNumber("timestamp", CommonAttributes.DaysAgo(random, 1, 900));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
