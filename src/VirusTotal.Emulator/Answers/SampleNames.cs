namespace VirusTotal.Emulator.Answers;

/// <summary>Names under which samples were handed in: whoever did so chose them, so some are hostile.</summary>
internal static class SampleNames
{
    private static readonly string[] Stems =
    [
        "setup", "invoice_4471", "update", "payment-advice", "Überweisung", "resumé", "счёт", "請求書", "readme", "vpn-client", "photo",
        "order",
    ];

    /// <summary>None to five names.</summary>
    public static string[] Draw(SeededRandom random, FileType type)
    {
        string extension = type.Extension is null ? "" : $".{type.Extension}";
        return [.. Enumerable.Range(0, random.Between(0, 5)).Select(_ => random.Below(24) switch
        {
            0 => $"{random.Pick<string>(Stems)}\u202Egpj{extension}",
            1 => $"\u001b[31m{random.Pick<string>(Stems)}\u001b[0m{extension}",
            2 => $"VirusShare_{random.Hex(32)}",
            3 or 4 => $"{random.Hex(64)}{extension}",
            5 => "",
            _ => $"{random.Pick<string>(Stems)}{extension}",
        }).Distinct()];
    }
}
