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
/// <param name="Family">The row of the malware family they speak of.</param>
internal sealed record EnginePanel(bool OfFiles, EmulatedVerdict Verdict, int Variant, int Family)
{
    private const int Variants = 4;

    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Families = TemplateValues.RowsOf("families");
    private static readonly TemplatePart FileEngine = Template.Compile(Template.Read("panel").GetProperty("file"));
    private static readonly TemplatePart NetworkEngine = Template.Compile(Template.Read("panel").GetProperty("network"));

    /// <summary>The family, by field.</summary>
    public IReadOnlyDictionary<string, string> FamilyRow => Families[Family];

    /// <summary>The panel that judges an indicator.</summary>
    public static EnginePanel For(LookupRequest lookup, EmulatedVerdict verdict)
    {
        int variant = (int)(SeededRandom.Hash(lookup.Indicator, 7) % Variants);

        // The first row is the family of the EICAR file alone.
        int family = lookup.Indicator == WellKnown.Eicar.Sha256
            ? 0
            : 1 + (((verdict.MaliciousEngines * 5) + (verdict.SuspiciousEngines * 3) + (variant * 7)) % (Families.Count - 1));
        return new EnginePanel(lookup.Kind == LookupKind.File, verdict, variant, family);
    }

    /// <summary>Writes both properties into an object that is open.</summary>
    public void Write(Utf8JsonWriter json)
    {
        string seed = string.Create(
            CultureInfo.InvariantCulture,
            $"{OfFiles}/{Verdict.Kind}/{Verdict.MaliciousEngines}/{Verdict.SuspiciousEngines}/{Variant}/{FamilyRow["name"]}");
        TemplateValues values = new(SeededRandom.For("panel", seed));
        values.SetRow("family", FamilyRow);
        string[] engines = TemplateValues.Strings(OfFiles ? "file_engines" : "network_engines");
        values.Random.Shuffle(engines.AsSpan());
        engines = engines[..^values.Random.Between(3, 6)];
        string[] opinions = [.. Opinions(values.Random, engines.Length)];
        values.Random.Shuffle(opinions.AsSpan());

        json.WriteStartObject("last_analysis_results");
        foreach ((string engine, string opinion) in engines.Zip(opinions))
        {
            json.WritePropertyName(engine);
            values["engine"] = engine;
            values["opinion"] = opinion;
            (OfFiles ? FileEngine : NetworkEngine)(json, values);
        }

        json.WriteEndObject();
        WriteStats(json, values.Random, opinions);
    }

    private IEnumerable<string> Opinions(SeededRandom random, int engines)
    {
        int left = engines - Verdict.MaliciousEngines - Verdict.SuspiciousEngines;
        return Enumerable.Repeat("malicious", Verdict.MaliciousEngines)
            .Concat(Enumerable.Repeat("suspicious", Verdict.SuspiciousEngines))
            .Concat(OfFiles ? FileOpinions(random, left) : NetworkOpinions(random, left))
            .Take(engines);
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

    private void WriteStats(Utf8JsonWriter json, SeededRandom random, string[] opinions)
    {
        string[] names = ["malicious", "suspicious", "undetected", "harmless", "timeout", "failure", "type-unsupported", "confirmed-timeout"];

        // Recorded reports of files carry the last one in about two of three cases.
        int shown = !OfFiles ? 5 : opinions.Contains("confirmed-timeout") || random.Chance(0.63) ? 8 : 7;
        json.WriteStartObject("last_analysis_stats");
        foreach (string name in names.Take(shown))
        {
            json.WriteNumber(name, opinions.Count(opinion => opinion == name));
        }

        json.WriteEndObject();
    }
}
