using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>The attributes of a file.</summary>
internal static class FileReport
{
    public static void Write(Utf8JsonWriter json, SeededRandom random, FileHashes hashes, EmulatedVerdict verdict, ThreatFamily? family)
    {
        bool eicar = ReferenceEquals(family, ThreatFamily.Eicar);
        FileType type = eicar ? FileType.EicarText : FileType.Draw(random);
        string[] names = eicar ? ["eicar.com", "eicar.com.txt", "eicar_test_file"] : SampleNames.Draw(random, type);
        json.WriteString("md5", hashes.Md5);
        json.WriteString("sha1", hashes.Sha1);
        json.WriteString("sha256", hashes.Sha256);
        json.WriteNumber("size", eicar ? 68 : hashes == WellKnown.EmptyFile ? 0 : random.Between(400, 9_000_000));
        json.WriteString("ssdeep", $"{random.Pick<int>([3, 24, 384, 1536])}:{random.Hex(30)}:{random.Hex(14)}");
        json.WriteString("tlsh", $"T1{random.Hex(70).ToUpperInvariant()}");
        json.WriteString("magic", type.Magic);
        json.WriteString("type_description", type.Description);
        json.WriteString("type_tag", type.Tag);
        if (type.Extension is not null)
        {
            json.WriteString("type_extension", type.Extension);
        }

        CommonAttributes.WriteStrings(json, "names", names);
        if (names.Length > 0 && (eicar || random.Chance(0.7)))
        {
            json.WriteString("meaningful_name", names[0]);
        }

        WriteDates(json, random);
        CommonAttributes.WriteVotes(json, random, verdict);
        string[] tags = ["overlay", "signed", "detect-debug-environment", "long-sleeps", "runtime-modules"];
        CommonAttributes.WriteStrings(json, "tags", [type.Tag, .. CommonAttributes.Some(random, tags, 0.25)]);
        WriteTrid(json, random, type);
        WriteClassification(json, random, verdict, family);
        FileMetadata.Write(json, random, type, verdict, names);
        if (type.IsPortableExecutable)
        {
            PortableExecutable.Write(json, random);
        }
    }

    private static void WriteDates(Utf8JsonWriter json, SeededRandom random)
    {
        long first = CommonAttributes.DaysAgo(random, 100, 4500);
        long last = CommonAttributes.DaysAgo(random, 1, 99);
        json.WriteNumber("first_submission_date", first);
        json.WriteNumber("last_submission_date", last);
        json.WriteNumber("last_analysis_date", last);
        json.WriteNumber("last_modification_date", last + random.Between(60, 9000));
        json.WriteNumber("times_submitted", random.Between(1, 4000));
        json.WriteNumber("unique_sources", random.Between(1, 600));
    }

    private static void WriteTrid(Utf8JsonWriter json, SeededRandom random, FileType type)
    {
        json.WriteStartArray("trid");
        int certain = random.Between(400, 1000);
        json.WriteStartObject();
        json.WriteString("file_type", type.Trid);
        json.WriteNumber("probability", certain / 10.0);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("file_type", "Generic OLE2 / Multistream Compound");
        json.WriteNumber("probability", (1000 - certain) / 10.0);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteClassification(Utf8JsonWriter json, SeededRandom random, EmulatedVerdict verdict, ThreatFamily? family)
    {
        // The service adds names up only where enough engines gave one.
        if (family is null || verdict.MaliciousEngines < 5)
        {
            return;
        }

        json.WriteStartObject("popular_threat_classification");
        json.WriteString("suggested_threat_label", family.Label);
        WriteCounted(json, "popular_threat_category", [(family.Category, verdict.MaliciousEngines * 2 / 3)]);
        if (family.Name.Length > 0 && (verdict.MaliciousEngines > 8 || random.Chance(0.5)))
        {
            (string, int) name = (family.Name, (verdict.MaliciousEngines / 3) + 1);
            WriteCounted(json, "popular_threat_name", family.Alias is null ? [name] : [name, (family.Alias, 2)]);
        }

        json.WriteEndObject();
    }

    private static void WriteCounted(Utf8JsonWriter json, string property, ReadOnlySpan<(string Value, int Count)> items)
    {
        json.WriteStartArray(property);
        foreach ((string value, int count) in items)
        {
            json.WriteStartObject();
            json.WriteNumber("count", count);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
