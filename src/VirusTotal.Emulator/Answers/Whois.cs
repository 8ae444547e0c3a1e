using System.Globalization;
using System.Text;

namespace VirusTotal.Emulator.Answers;

/// <summary>The text of whois answers; every person and number in it is made up.</summary>
internal static class Whois
{
    public static string OfNetwork(SeededRandom random, string network, string owner, string country, string server)
    {
        string handle = $"ORG-{random.Hex(6).ToUpperInvariant()}";
        string person = $"AC{random.Hex(5).ToUpperInvariant()}";
        StringBuilder text = new(1800);
        Line(text, "inetnum", network);
        Line(text, "netname", owner.ToUpperInvariant().Replace(' ', '-'));
        Line(text, "country", country);
        Line(text, "org", handle);
        Line(text, "admin-c", person);
        Line(text, "tech-c", person);
        Line(text, "status", "ALLOCATED PA");
        Line(text, "mnt-by", $"MNT-{handle}");
        Line(text, "created", Day(random));
        Line(text, "last-modified", Day(random));
        Line(text, "source", server);
        Line(text, "organisation", handle);
        Line(text, "org-name", owner);
        Line(text, "org-type", "LIR");
        Line(text, "address", $"{random.Between(1, 240)} Hosting Road");
        Line(text, "address", "REDACTED FOR PRIVACY");
        Line(text, "phone", $"+00 555 {random.Between(1000000, 9999999)}");
        Line(text, "abuse-c", $"abuse-{random.Hex(6)}@hosting.example");
        Line(text, "role", "Network Operations");
        Line(text, "nic-hdl", person);
        Line(text, "route", network);
        Line(text, "descr", $"{owner} customer range {random.Between(1, 64)}");
        Line(text, "origin", $"AS{random.Between(1000, 399999)}");
        return text.ToString();
    }

    public static string OfDomain(SeededRandom random, string domain, string registrar, string created)
    {
        StringBuilder text = new(2400);
        foreach (string role in (ReadOnlySpan<string>)["Admin", "Registrant", "Tech"])
        {
            foreach (string field in (ReadOnlySpan<string>)["City", "Country", "Email", "Organization", "Postal Code", "State/Province"])
            {
                Line(text, $"{role} {field}", field == "Email" ? $"{random.Hex(16)}@privacy.example" : "REDACTED FOR PRIVACY");
            }
        }

        Line(text, "Creation Date", created);
        Line(text, "DNSSEC", random.Chance(0.2) ? "signedDelegation" : "unsigned");
        Line(text, "Domain Name", domain.ToUpperInvariant());
        Line(text, "Domain Status", "clientTransferProhibited https://icann.org/epp#clientTransferProhibited");
        Line(text, "Domain Status", "clientUpdateProhibited https://icann.org/epp#clientUpdateProhibited");
        Line(text, "Name Server", $"ns1.{domain}");
        Line(text, "Name Server", $"ns2.{domain}");
        Line(text, "Registrar", registrar);
        Line(text, "Registrar Abuse Contact Email", "abuse@registrar.example");
        Line(text, "Registrar IANA ID", random.Between(60, 3900).ToString(CultureInfo.InvariantCulture));
        Line(text, "Registry Domain ID", $"{random.Hex(32)}-DONUTS");
        Line(text, "Registry Expiry Date", Day(random));
        Line(text, "Updated Date", Day(random));
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(text.Length == 0 ? "" : "\n").Append(name).Append(": ").Append(value);

    private static string Day(SeededRandom random) => DateTimeOffset.FromUnixTimeSeconds(CommonAttributes.DaysAgo(random, 30, 5000))
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
