using System.Globalization;

namespace VirusTotal.Emulator.Answers;

/// <summary>An invented malware family: what the engines' names for a sample agree on.</summary>
/// <param name="Name">The name in lower case.</param>
/// <param name="Category">Such as <c>trojan</c>.</param>
/// <param name="Alias">A second name, or <see langword="null"/>.</param>
internal sealed record ThreatFamily(string Name, string Category, string? Alias)
{
    /// <summary>The family of the test file that every engine knows.</summary>
    public static readonly ThreatFamily Eicar = new("eicar", "virus", "test");

    /// <summary>All names are made up. Two are odd on purpose: the bare label, and letters beyond ASCII.</summary>
    public static readonly ThreatFamily[] Invented =
    [
        new("korvax", "trojan", "vexloader"), new("brightmoth", "downloader", "moth"), new("sablewren", "ransomware", null),
        new("tindral", "trojan", "tind"), new("quillsnare", "banker", "snare"), new("dustpetrel", "worm", null),
        new("morvane", "trojan", "heur"), new("glasskite", "dropper", "kite"), new("halvorn", "hacktool", null),
        new("pinecrypt", "ransomware", "filecoder"), new("ostrelle", "spyware", "stealer"), new("bräckvatten", "trojan", "brack"),
        new("", "trojan", null), new("nightpurse", "adware", "bundler"), new("cobaltfen", "trojan", "beacon"),
        new("wickerfox", "miner", "coinminer"),
    ];

    /// <summary>The label the service adds up: <c>trojan.korvax/vexloader</c>, or a bare <c>trojan.</c> where no name is agreed.</summary>
    public string Label => Alias is null ? $"{Category}.{Name}" : $"{Category}.{Name}/{Alias}";

    /// <summary>One engine's name for it, in one of the styles that engines have.</summary>
    public string Detection(SeededRandom random)
    {
        if (ReferenceEquals(this, Eicar))
        {
            return random.Pick<string>(["EICAR-Test-File (not a virus)", "EICAR_Test", "Eicar-Signature", "Win.Test.EICAR_HDB-1",
                "EICAR Test-NOT virus!!!", "Virus:DOS/EICAR_Test_File", "qex.eicar.gen.gen", "EICAR-Test-File"]);
        }

        string name = Name.Length == 0 ? "Agent" : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Name);
        string kind = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Category);
        return random.Below(14) switch
        {
            0 => $"{kind}.Win32.{name}.{(char)('a' + random.Below(26))}",
            1 => $"Gen:Variant.{name}.{random.Between(1000, 99999)}",
            2 => $"W32/{name}.{random.Hex(2).ToUpperInvariant()}!tr",
            3 => $"Win.{kind}.{name}-{random.Between(1000000, 9999999)}-0",
            4 => "malicious (high confidence)",
            5 => $"HEUR:{kind}.Win32.Generic",
            6 => "ML.Attribute.HighConfidence",
            7 => $"{kind}:Win32/{name}.{(char)('A' + random.Below(26))}!MTB",
            8 => $"{kind}.GenericKD.{random.Between(10000000, 79999999)}",
            9 => $"Malware (ai score={random.Between(70, 100)})",
            10 => "Unsafe",
            11 => $"a variant of Win32/{name}.{(char)('A' + random.Below(26))}",
            12 => $"Win32:{name}-{(char)('A' + random.Below(26))} [Trj]",
            _ => $"{kind}/Win.{name}.R{random.Between(100000, 699999)}",
        };
    }
}
