using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>The attributes of an address.</summary>
internal static class IpAddressReport
{
    private static readonly (string Registry, string Continent, string Country, string Server)[] Regions =
    [
        ("ARIN", "NA", "US", "whois.arin.net"), ("ARIN", "NA", "CA", "whois.arin.net"), ("RIPE NCC", "EU", "DE", "whois.ripe.net"),
        ("RIPE NCC", "EU", "NL", "whois.ripe.net"), ("RIPE NCC", "EU", "FI", "whois.ripe.net"), ("APNIC", "AS", "SG", "whois.apnic.net"),
        ("APNIC", "OC", "AU", "whois.apnic.net"), ("LACNIC", "SA", "BR", "whois.lacnic.net"), ("AFRINIC", "AF", "ZA", "whois.afrinic.net"),
    ];

    private static readonly string[] Owners =
    [
        "FERNHOST-NET", "Nordlicht Rechenzentrum GmbH", "Bluebell Cloud LLC", "Compañía Andina de Redes S.A.", "KESTREL-TRANSIT",
        "Harbour Lane Hosting B.V.", "Orchard Broadband", "TEALWATER-AS",
    ];

    public static void Write(Utf8JsonWriter json, SeededRandom random, string address, EmulatedVerdict verdict)
    {
        (string registry, string continent, string country, string server) = random.Pick<(string, string, string, string)>(Regions);
        string owner = random.Pick<string>(Owners);
        string network = Network(address);
        json.WriteString("network", network);
        json.WriteNumber("asn", random.Between(1000, 399999));
        json.WriteString("as_owner", owner);
        json.WriteString("regional_internet_registry", registry);
        json.WriteString("continent", continent);
        if (random.Chance(0.8))
        {
            json.WriteString("country", country);
        }

        if (random.Chance(0.8))
        {
            CommonAttributes.WriteTags(json, random, 0.12, "vpn", "tor", "self-signed", "suspicious-udp");
        }

        if (random.Chance(0.5))
        {
            json.WriteString("jarm", random.Hex(62));
        }

        json.WriteNumber("last_modification_date", CommonAttributes.DaysAgo(random, 1, 60));
        CommonAttributes.WriteVotes(json, random, verdict);
        json.WriteNumber("whois_date", CommonAttributes.DaysAgo(random, 5, 400));
        json.WriteString("whois", Whois.OfNetwork(random, network, owner, country, server));
        if (random.Chance(0.5))
        {
            Certificate.Write(json, random, address);
        }
    }

    private static string Network(string address)
    {
        if (address.Contains(':', StringComparison.Ordinal))
        {
            string[] groups = address.Split(':');
            return groups[1].Length == 0 ? $"{groups[0]}::/32" : $"{groups[0]}:{groups[1]}::/32";
        }

        return $"{address[..address.LastIndexOf('.')]}.0/24";
    }
}
