using System.Text.Json;

namespace VirusTotal.Emulator.Answers;

/// <summary>The structure of a Windows program: the part that makes reports of files large.</summary>
internal static class PortableExecutable
{
    private static readonly string[] Libraries =
        ["KERNEL32.dll", "USER32.dll", "ADVAPI32.dll", "WS2_32.dll", "SHELL32.dll", "ole32.dll", "WININET.dll"];

    private static readonly string[] Verbs =
        ["Get", "Set", "Create", "Open", "Close", "Query", "Enum", "Register", "Delete", "Find", "Load", "Wait"];

    private static readonly string[] Nouns =
    [
        "File", "Process", "Thread", "Module", "RegKey", "Window", "Handle", "Socket", "Event", "Section", "Token", "Service", "Mutex",
        "Pipe",
    ];

    public static void Write(Utf8JsonWriter json, SeededRandom random)
    {
        json.WriteStartObject("pe_info");
        json.WriteNumber("machine_type", random.Pick<int>([332, 34404]));
        json.WriteNumber("timestamp", CommonAttributes.DaysAgo(random, 100, 5000));
        json.WriteNumber("entry_point", random.Between(4096, 900000));
        json.WriteString("imphash", random.Hex(32));
        WriteSections(json, random);
        WriteImports(json, random);
        WriteResources(json, random);
        json.WriteEndObject();
    }

    private static void WriteSections(Utf8JsonWriter json, SeededRandom random)
    {
        json.WriteStartArray("sections");
        int address = 4096;
        foreach (string name in (ReadOnlySpan<string>)[".text", ".rdata", ".data", ".rsrc", ".reloc"])
        {
            int size = random.Between(1, 500) * 512;
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("virtual_address", address);
            json.WriteNumber("virtual_size", size - random.Below(500));
            json.WriteNumber("raw_size", size);
            json.WriteNumber("entropy", random.Below(800) / 100.0);
            json.WriteNumber("chi2", random.Below(100000000) / 100.0);
            json.WriteString("flags", name == ".text" ? "rx" : "r");
            json.WriteString("md5", random.Hex(32));
            json.WriteEndObject();
            address += (size + 4095) / 4096 * 4096;
        }

        json.WriteEndArray();
    }

    private static void WriteImports(Utf8JsonWriter json, SeededRandom random)
    {
        json.WriteStartArray("import_list");
        foreach (string library in CommonAttributes.Some(random, Libraries, 0.6))
        {
            json.WriteStartObject();
            json.WriteString("library_name", library);
            json.WriteStartArray("imported_functions");
            foreach (int _ in Enumerable.Range(0, random.Between(3, 40)))
            {
                string suffix = random.Pick<string>(["W", "A", "ExW", ""]);
                json.WriteStringValue($"{random.Pick<string>(Verbs)}{random.Pick<string>(Nouns)}{suffix}");
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResources(Utf8JsonWriter json, SeededRandom random)
    {
        json.WriteStartArray("resource_details");
        foreach (int _ in Enumerable.Range(0, random.Between(0, 8)))
        {
            json.WriteStartObject();
            json.WriteString("lang", random.Pick<string>(["ENGLISH US", "NEUTRAL", "RUSSIAN", "GERMAN"]));
            json.WriteNumber("entropy", random.Below(800) / 100.0);
            json.WriteString("filetype", random.Pick<string>(["unknown", "application/xml", "image/x-ico"]));
            json.WriteString("sha256", random.Hex(64));
            json.WriteString("type", random.Pick<string>(["RT_MANIFEST", "RT_VERSION", "RT_ICON", "RT_STRING"]));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
