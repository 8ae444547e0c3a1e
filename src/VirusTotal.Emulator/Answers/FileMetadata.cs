using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>What tools and sandboxes add to the report of a file; much of it is there only now and then.</summary>
internal static class FileMetadata
{
    public static void Write(Utf8JsonWriter json, SeededRandom random, FileType type, EmulatedVerdict verdict, string[] names)
    {
        if (random.Chance(0.75))
        {
            WriteExif(json, random, type);
        }

        if (random.Chance(0.16))
        {
            WriteSandboxes(json, random, verdict);
        }

        if (type.IsPortableExecutable && random.Chance(0.25))
        {
            WriteSignature(json, random, names);
        }

        if (random.Chance(0.3))
        {
            WriteSigma(json, random);
        }
    }

    private static void WriteExif(Utf8JsonWriter json, SeededRandom random, FileType type)
    {
        json.WriteStartObject("exiftool");
        json.WriteString("MIMEType", type.IsPortableExecutable ? "application/octet-stream" : $"application/{type.Tag}");
        json.WriteString("FileType", type.Description);
        json.WriteString("FileTypeExtension", type.Extension ?? "");
        json.WriteString("CodeSize", $"{random.Between(1, 900) * 512}");
        json.WriteString("LinkerVersion", $"{random.Between(6, 14)}.{random.Below(50)}");
        json.WriteString("TimeStamp", $"20{random.Between(10, 25)}:0{random.Between(1, 9)}:1{random.Below(10)} 08:56:17+00:00");
        json.WriteString("EntryPoint", $"0x{random.Hex(4)}");
        if (type.Tag is "jpeg" or "pdf" || random.Chance(0.05))
        {
            // Cameras and editors write such keys: two that differ in case only, and one that is empty. Readers that fold case choke.
            json.WriteString("MF", "Fictional Optics");
            json.WriteString("mf", "fictional optics");
            json.WriteString("", "a value without a name");
        }

        json.WriteEndObject();
    }

    private static void WriteSandboxes(Utf8JsonWriter json, SeededRandom random, EmulatedVerdict verdict)
    {
        bool bad = verdict.MaliciousEngines > 2;
        json.WriteStartObject("sandbox_verdicts");
        foreach (string sandbox in CommonAttributes.Some(random, ["Zenbox", "C2AE", "CAPE Sandbox", "Microsoft Sysinternals"], 0.7))
        {
            json.WriteStartObject(sandbox);
            json.WriteString("category", bad ? "malicious" : "harmless");
            json.WriteNumber("confidence", random.Between(40, 99));
            json.WriteString("sandbox_name", sandbox);
            CommonAttributes.WriteStrings(json, "malware_classification", bad ? "MALWARE" : "CLEAN");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSignature(Utf8JsonWriter json, SeededRandom random, string[] names)
    {
        json.WriteStartObject("signature_info");
        json.WriteString("verified", random.Chance(0.5) ? "Signed" : "A certificate was explicitly revoked by its issuer.");
        json.WriteString("signers", "Copper Kettle Software; Willow Code Signing CA; Willow Root");
        json.WriteString("signing date", "08:56 AM 08/06/2021");
        json.WriteString("copyright", "© Copper Kettle Software");
        json.WriteString("original name", names.Length > 0 ? names[^1] : "module.exe");
        json.WriteString("file version", $"{random.Below(12)}.{random.Below(10)}.0.0");
        json.WriteEndObject();
    }

    private static void WriteSigma(Utf8JsonWriter json, SeededRandom random)
    {
        json.WriteStartArray("sigma_analysis_results");
        foreach (int rule in Enumerable.Range(1, random.Between(1, 4)))
        {
            json.WriteStartObject();
            json.WriteString("rule_title", $"Process Connects To Public Address ({rule})");
            json.WriteString("rule_source", "Sigma Integrated Rule Set (GitHub)");
            json.WriteString("rule_level", random.Pick<string>(["low", "medium", "high", "critical"]));
            json.WriteString("rule_description", "Detects a process of the system that talks to a public address.");
            json.WriteString("rule_author", "The authors of the emulator");
            json.WriteString("rule_id", random.Hex(64));
            json.WriteStartArray("match_context");
            foreach (int number in Enumerable.Range(0, random.Between(1, 6)))
            {
                WriteEvent(json, random, number);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter json, SeededRandom random, int number)
    {
        json.WriteStartObject();
        json.WriteStartObject("values");
        json.WriteString("EventID", "3");
        json.WriteString("Protocol", "tcp");
        json.WriteString("Initiated", "true");
        json.WriteString("Image", @"C:\Windows\system32\RunDll32.exe");
        json.WriteString("DestinationIp", $"198.51.100.{random.Below(256)}");
        json.WriteString("DestinationPort", "443");
        json.WriteString("SourceIp", "172.16.1.2");
        json.WriteString("SourcePort", $"{49200 + number}");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
