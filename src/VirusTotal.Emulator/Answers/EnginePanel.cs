using System.Globalization;
using System.Text.Json;
using VirusTotal.Emulator.Indicators;

namespace VirusTotal.Emulator.Answers;

/// <summary>
/// What one panel of engines said: <c>last_analysis_results</c> and the <c>last_analysis_stats</c> that agree with it. A panel depends on
/// few things, so that a bounded number of panels serves any number of indicators: it is by far the larger part of a report, and it is
/// written and compressed once.
/// </summary>
/// <param name="OfFiles">Whether scanners of files speak, or block lists of names and addresses.</param>
/// <param name="Verdict">What they add up to.</param>
/// <param name="Variant">Which engines, from 0 up to <see cref="Variants"/>.</param>
/// <param name="Family">The malware family they speak of.</param>
internal sealed record EnginePanel(bool OfFiles, EmulatedVerdict Verdict, int Variant, ThreatFamily Family)
{
    public const int Variants = 4;

    /// <summary>The panel that judges an indicator.</summary>
    public static EnginePanel For(LookupRequest lookup, EmulatedVerdict verdict)
    {
        int variant = (int)(SeededRandom.Hash(lookup.Indicator, 7) % Variants);
        ThreatFamily[] families = ThreatFamily.Invented;
        ThreatFamily family = lookup.Indicator == WellKnown.Eicar.Sha256
            ? ThreatFamily.Eicar
            : families[((verdict.MaliciousEngines * 5) + (verdict.SuspiciousEngines * 3) + (variant * 7)) % families.Length];
        return new EnginePanel(lookup.Kind == LookupKind.File, verdict, variant, family);
    }

    /// <summary>Writes both properties into an object that is open.</summary>
    public void Write(Utf8JsonWriter json)
    {
        string seed = string.Create(
            CultureInfo.InvariantCulture,
            $"{OfFiles}/{Verdict.Kind}/{Verdict.MaliciousEngines}/{Verdict.SuspiciousEngines}/{Variant}/{Family.Name}");
        SeededRandom random = SeededRandom.For("panel", seed);
        string[] engines = [.. OfFiles ? EngineNames.OfFiles : EngineNames.OfNetworks];
        random.Shuffle(engines.AsSpan());
        engines = engines[..^random.Between(3, 6)];
        string[] opinions = [.. Opinions(random, engines.Length)];
        random.Shuffle(opinions.AsSpan());

        json.WriteStartObject("last_analysis_results");
        for (int i = 0; i < engines.Length; i++)
        {
            WriteEngine(json, random, engines[i], opinions[i]);
        }

        json.WriteEndObject();
        WriteStats(json, random, opinions);
    }

    private IEnumerable<string> Opinions(SeededRandom random, int engines)
    {
        IEnumerable<string> bad = Enumerable.Repeat("malicious", Verdict.MaliciousEngines)
            .Concat(Enumerable.Repeat("suspicious", Verdict.SuspiciousEngines));
        int left = engines - Verdict.MaliciousEngines - Verdict.SuspiciousEngines;
        IEnumerable<string> rest = OfFiles ? FileOpinions(random, left) : NetworkOpinions(random, left);
        return bad.Concat(rest).Take(engines);
    }

    private IEnumerable<string> FileOpinions(SeededRandom random, int left)
    {
        // Scanners of files all but never say "harmless"; a test that wants it gets two who do.
        string[] harmless = Verdict.Kind == EmulatedVerdictKind.Harmless ? ["harmless", "harmless"] : [];
        string[] failed = random.Pick<string[]>([[], ["timeout"], ["failure"], ["confirmed-timeout"]]);
        string[] silent = [.. Enumerable.Repeat("type-unsupported", random.Between(4, 12)), .. failed];
        return harmless.Concat(silent.Take(Math.Max(0, left - 4))).Concat(Enumerable.Repeat("undetected", left));
    }

    private IEnumerable<string> NetworkOpinions(SeededRandom random, int left)
    {
        int unrated = Verdict.Kind == EmulatedVerdictKind.Undetected ? left : Math.Min(left, random.Between(9, 31));
        string[] silent = random.Chance(0.15) ? ["timeout"] : [];
        return silent.Concat(Enumerable.Repeat("undetected", unrated)).Concat(Enumerable.Repeat("harmless", left));
    }

    private void WriteEngine(Utf8JsonWriter json, SeededRandom random, string engine, string opinion)
    {
        json.WriteStartObject(engine);
        json.WriteString("method", "blacklist");
        json.WriteString("engine_name", engine);
        json.WriteString("category", opinion);
        json.WriteString("result", Result(random, opinion));
        if (OfFiles)
        {
            json.WriteString("engine_update", string.Create(CultureInfo.InvariantCulture, $"202510{random.Between(1, 6):00}"));
            WriteVersion(json, random);
        }

        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, SeededRandom random)
    {
        if (random.Chance(0.03))
        {
            json.WriteNull("engine_version");
            return;
        }

        json.WriteString("engine_version", string.Create(
            CultureInfo.InvariantCulture, $"{random.Between(1, 24)}.{random.Below(10)}.{random.Below(300)}.{random.Below(10)}"));
    }

    private string? Result(SeededRandom random, string opinion) => opinion switch
    {
        "malicious" => OfFiles ? Family.Detection(random) : random.Pick<string>(["malicious", "malware", "phishing", "malicious"]),
        "suspicious" => OfFiles ? "Suspicious.Heuristic.Gen" : random.Pick<string>(["suspicious", "spam", "not recommended"]),
        _ when OfFiles => null,
        "harmless" => "clean",
        "timeout" => random.Chance(0.5) ? "timeout" : null,
        _ => "unrated",
    };

    private void WriteStats(Utf8JsonWriter json, SeededRandom random, string[] opinions)
    {
        ReadOnlySpan<string> names = !OfFiles
            ? ["malicious", "suspicious", "undetected", "harmless", "timeout"]
            : ["malicious", "suspicious", "undetected", "harmless", "timeout", "failure", "type-unsupported"];
        json.WriteStartObject("last_analysis_stats");
        foreach (string name in names)
        {
            json.WriteNumber(name, opinions.Count(opinion => opinion == name));
        }

        // Recorded reports of files carry this one in about two of three cases.
        int confirmed = opinions.Count(opinion => opinion == "confirmed-timeout");
        if (OfFiles && (confirmed > 0 || random.Chance(0.63)))
        {
            json.WriteNumber("confirmed-timeout", confirmed);
        }

        json.WriteEndObject();
    }
}
