using System.Globalization;
using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>The certificate a name or an address last showed.</summary>
internal static class Certificate
{
    public static void Write(Utf8JsonWriter json, SeededRandom random, string subject)
    {
        json.WriteNumber("last_https_certificate_date", CommonAttributes.DaysAgo(random, 1, 200));
        json.WriteStartObject("last_https_certificate");
        json.WriteNumber("size", random.Between(900, 1900));
        json.WriteString("version", "V3");
        json.WriteString("serial_number", random.Hex(34));
        json.WriteString("thumbprint", random.Hex(40));
        json.WriteString("thumbprint_sha256", random.Hex(64));
        json.WriteStartObject("cert_signature");
        json.WriteString("signature_algorithm", "sha256RSA");
        json.WriteString("signature", random.Hex(512));
        json.WriteEndObject();
        WritePublicKey(json, random);
        WriteValidity(json, random);
        json.WriteStartObject("issuer");
        json.WriteString("C", "US");
        json.WriteString("O", "Willow Street Trust Services");
        json.WriteString("CN", random.Pick<string>(["WR1", "WE4", "R17", "Willow DV TLS CA"]));
        json.WriteEndObject();
        json.WriteStartObject("subject");
        json.WriteString("CN", subject);
        json.WriteEndObject();
        WriteExtensions(json, random, subject);
        json.WriteEndObject();
    }

    private static void WritePublicKey(Utf8JsonWriter json, SeededRandom random)
    {
        json.WriteStartObject("public_key");
        if (random.Chance(0.6))
        {
            json.WriteString("algorithm", "RSA");
            json.WriteStartObject("rsa");
            json.WriteString("modulus", $"00{random.Hex(512)}");
            json.WriteString("exponent", "10001");
            json.WriteNumber("key_size", 2048);
        }
        else
        {
            json.WriteString("algorithm", "EC");
            json.WriteStartObject("ec");
            json.WriteString("oid", "secp256r1");
            json.WriteString("pub", $"3059301306072a8648ce3d020106082a8648ce3d03010703420004{random.Hex(128)}");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteValidity(Utf8JsonWriter json, SeededRandom random)
    {
        long start = CommonAttributes.DaysAgo(random, 10, 300);
        json.WriteStartObject("validity");
        json.WriteString("not_before", Date(start));
        json.WriteString("not_after", Date(start + (90L * CommonAttributes.Day)));
        json.WriteEndObject();
    }

    private static void WriteExtensions(Utf8JsonWriter json, SeededRandom random, string subject)
    {
        json.WriteStartObject("extensions");
        CommonAttributes.WriteStrings(json, "key_usage", "digitalSignature", "keyEncipherment");
        CommonAttributes.WriteStrings(json, "extended_key_usage", "serverAuth", "clientAuth");
        json.WriteBoolean("CA", false);
        json.WriteString("subject_key_identifier", random.Hex(40));
        json.WriteStartObject("authority_key_identifier");
        json.WriteString("keyid", random.Hex(40));
        json.WriteEndObject();
        json.WriteStartObject("ca_information_access");
        json.WriteString("OCSP", "http://ocsp.trust.example");
        json.WriteString("CA Issuers", "http://issuers.trust.example/ca.crt");
        json.WriteEndObject();
        CommonAttributes.WriteStrings(json, "subject_alternative_name", subject, $"*.{subject}");
        CommonAttributes.WriteStrings(json, "certificate_policies", "2.23.140.1.2.1");
        json.WriteString("1.3.6.1.4.1.11129.2.4.2", $"0481f2{random.Hex(120)}");
        json.WriteEndObject();
    }

    private static string Date(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
